using MediatR;
using Microsoft.Extensions.Logging.Console;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Tenants;
using SdkChat.Development.EmbeddedPostgres;
using SdkChat.Development.Hosting;
using SdkChat.Development.Instance;
using SdkChat.Development.Remote;

namespace SdkChat.Development.Commands;

/// <summary>
/// <c>up --ephemeral</c>: an instance for one test run, on a free port, with one tenant and no history. It leaves no file.
/// </summary>
internal static class EphemeralUp
{
    private const string TenantCode = "demo";
    private const string AnyPort = "http://127.0.0.1:0";

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(12);

    /// <exception cref="CommandFailedException">It is Production, a database is configured, or the server cannot run here.</exception>
    public static async Task ServeAsync(WebApplicationBuilder builder, string? urls, CancellationToken cancellationToken)
    {
        if (builder.Environment.IsProduction())
            throw new CommandFailedException("--ephemeral is for tests; Production keeps its data.");
        if (ConfiguredDatabase.IsIn(builder.Configuration))
            throw new CommandFailedException("--ephemeral has a database of its own: unset ConnectionStrings__SdkChat.");

        // From here on until the files are gone: otherwise a signal before the host listens would end the program at once.
        using var interrupt = new Interrupt(cancellationToken);
        var folder = DataFolder.Open(Directory.CreateTempSubdirectory("sdkchat-ephemeral-").FullName);
        try
        {
            ListenAddress.Choose(builder, urls ?? AnyPort);
            await ServeAsync(builder, folder, interrupt.Token);
        }
        catch (Exception exception)
            when (interrupt.Token.IsCancellationRequested && exception is OperationCanceledException or CommandFailedException)
        {
            // Stopped during the start. A terminal interrupts the programs that prepare the database too, which then fail.
        }
        finally
        {
            ClusterHome.Delete(folder.Path);
        }
    }

    private static async Task ServeAsync(WebApplicationBuilder builder, DataFolder folder, CancellationToken cancellationToken)
    {
        var template = await EphemeralTemplate.EnsureAsync(Warn, cancellationToken);
        await using var database = await DevelopmentDatabase.OpenAsync(
            folder, exclusive: true, cancellationToken, isDurable: false, template);
        DevelopmentKeys.Get(folder).AddTo(builder.Configuration);
        // Several instances run side by side, and standard output is for the one line.
        builder.Configuration["Metrics:Port"] = "0";
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        await ServiceRun.ServeAsync(
            builder,
            database.ConnectionString,
            new ServiceSteps { Build = DevelopmentHost.Build, AfterListening = (app, stop) => PrintAsync(app, builder, folder, stop) },
            cancellationToken);
    }

    private static void Warn(string message) => Console.Error.WriteLine($"sdkchat: {message}");

    private static async Task PrintAsync(
        WebApplication app, WebApplicationBuilder builder, DataFolder folder, CancellationToken cancellationToken)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var tenant = await mediator.Send(new AddTenantCommand(TenantCode), cancellationToken);
        var key = (await mediator.Send(new CreateApiKeyCommand(TenantCode), cancellationToken)).Key;
        var tokens = DevelopmentTokens.Create(builder, folder);
        RemoteOutput.PrintJson(new
        {
            Url = ListenAddress.Reachable(app.Urls.First()),
            TenantCode,
            TenantId = tenant.Id.Value,
            TenantToken = tokens.ForTenant(tenant, "admin", TokenLifetime),
            BackofficeToken = tokens.ForBackoffice("ROLE_ADMIN", TokenLifetime),
            ApiKey = key.Secret,
        });
    }
}
