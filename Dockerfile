# The service, and nothing else: no shell, no package manager, not root, nothing to write to.
# Exact versions; the digest that `docker buildx imagetools inspect IMAGE` prints pins the content too: IMAGE:TAG@sha256:…
FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
WORKDIR /source

# What is restored changes seldom.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/SdkChat.Domain/*.csproj src/SdkChat.Domain/packages.lock.json src/SdkChat.Domain/
COPY src/SdkChat.Application/*.csproj src/SdkChat.Application/packages.lock.json src/SdkChat.Application/
COPY src/SdkChat.Infrastructure/*.csproj src/SdkChat.Infrastructure/packages.lock.json src/SdkChat.Infrastructure/
COPY src/SdkChat.Api/*.csproj src/SdkChat.Api/packages.lock.json src/SdkChat.Api/
RUN dotnet restore src/SdkChat.Api --locked-mode -p:PublishReadyToRun=true

COPY .editorconfig ./
COPY src src
# There is no repository to take the version from: --build-arg VERSION=0.2.0
ARG VERSION=
# Compiled for the image's processor: ready in half the time (docs/operations/deploy.md). BuildKit sets TARGETARCH.
ARG TARGETARCH=amd64
RUN dotnet publish src/SdkChat.Api -c Release --no-restore --no-self-contained -p:PublishReadyToRun=true \
    -r "linux-$([ "$TARGETARCH" = arm64 ] && echo arm64 || echo x64)" -o /app ${VERSION:+-p:MinVerVersionOverride=$VERSION}

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-noble-chiseled
WORKDIR /app
COPY --from=build /app .
# The runtime's own diagnostics want a socket in a folder that cannot be written.
ENV ASPNETCORE_ENVIRONMENT=Production ASPNETCORE_URLS=http://+:8080 DOTNET_EnableDiagnostics=0
EXPOSE 8080
# Metrics listen on 127.0.0.1 inside the container, where no Prometheus reaches them: set Metrics__Address to 0.0.0.0 or the pod's address.
EXPOSE 9464
USER $APP_UID
# One process, told to stop by SIGTERM, which drains its streams.
ENTRYPOINT ["dotnet", "SdkChat.Api.dll"]
CMD ["up"]
