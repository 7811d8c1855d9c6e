using System.CommandLine;
using MediatR;
using Microsoft.Extensions.Logging.Console;
using SdkChat.Application;
using SdkChat.Infrastructure;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>What a verb that does not serve works with: a database with this build's schema, and the use cases on top of it.</summary>
internal sealed class Verb : IAsyncDisposable
{
    private readonly DatabaseLease _lease;
    private readonly ServiceProvider _services;

    private Verb(DatabaseLease lease, ServiceProvider services) => (_lease, _services) = (lease, services);

    /// <summary>The option of every verb that may use an embedded database.</summary>
    public static Option<string?> DataOption() => new("--data")
    {
        Description = $"Folder of the development instance (default: {DataFolder.EnvironmentVariable}, else .data)",
        HelpName = "DIR",
    };

    public IServiceProvider Services => _services;

    public string ConnectionString => _lease.ConnectionString;

    /// <param name="data">What <c>--data</c> says.</param>
    public static Task<Verb> StartAsync(string? data, CancellationToken cancellationToken) =>
        StartAsync(Settings(), DataFolder.Open(data), cancellationToken);

    public static async Task<Verb> StartAsync(WebApplicationBuilder settings, DataFolder folder, CancellationToken cancellationToken)
    {
        var lease = await DatabaseLease.AcquireAsync(settings.Configuration, settings.Environment, folder, exclusive: false, cancellationToken);
        settings.Configuration[$"ConnectionStrings:{Infrastructure.DependencyInjection.ConnectionStringName}"] = lease.ConnectionString;
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(settings.Configuration)
            .AddSingleton<IHostEnvironment>(settings.Environment)
            .AddLogging(Log)
            .AddApplication()
            .AddInfrastructure()
            .BuildServiceProvider();
        var verb = new Verb(lease, services);
        try
        {
            await verb.PrepareSchemaAsync(services.GetRequiredService<SchemaMigrator>(), cancellationToken);
            return verb;
        }
        catch
        {
            await verb.DisposeAsync();
            throw;
        }
    }

    /// <summary>Carries a use case out.</summary>
    public async Task<T> SendAsync<T>(IRequest<T> request, CancellationToken cancellationToken)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }

    private Task PrepareSchemaAsync(SchemaMigrator migrator, CancellationToken cancellationToken) => _lease.IsEmbedded
        ? migrator.MigrateAsync(ConnectionString, cancellationToken)
        : SchemaMigrator.RequireCurrentAsync(ConnectionString, cancellationToken);

    /// <summary>The settings of a verb, read as the service reads them: files beside the program, then the environment.</summary>
    public static WebApplicationBuilder Settings() => WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

    /// <summary>Only what went wrong, on standard error: standard output belongs to the answer.</summary>
    public static void Log(ILoggingBuilder logging) => logging
        .ClearProviders()
        .SetMinimumLevel(LogLevel.Warning)
        .AddSimpleConsole(options => (options.SingleLine, options.ColorBehavior) = (true, LoggerColorBehavior.Default))
        .Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _lease.DisposeAsync();
    }
}
