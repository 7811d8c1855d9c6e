using Microsoft.Extensions.DependencyInjection.Extensions;
using SdkChat.Api.Hosting;
using SdkChat.Development.Pipelines;
using SdkChat.Development.Seeding;
using SdkChat.Development.SignIn;
using SdkChat.Infrastructure.Pipelines;

namespace SdkChat.Development.Hosting;

/// <summary>The published service with the demo pipeline, seeding and, in Development, sign-in links.</summary>
public static class DevelopmentHost
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ISubstitutePipeline, DemoPipeline>();
        builder.Services.AddSeeding();
        var app = ApiHost.Build(builder);
        app.MapSignIn();
        return app;
    }
}
