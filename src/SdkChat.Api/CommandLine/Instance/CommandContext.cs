using System.CommandLine;
using MediatR;
using Microsoft.Extensions.Logging.Console;
using SdkChat.Api.Hosting;
using SdkChat.Application;
using SdkChat.Infrastructure;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>The context of a command that does not serve: a database with this build's schema, and the use cases.</summary>
internal sealed class CommandContext : IAsyncDisposable
{
    private readonly OpenedDatabase _database;
    private readonly ServiceProvider _services;

    private CommandContext(OpenedDatabase database, ServiceProvider services) => (_database, _services) = (database, services);

    public IServiceProvider Services => _services;

    /// <summary>Opens the verb's database. The context closes it.</summary>
    public static async Task<CommandContext> StartAsync(IDatabaseSource databases, ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = Settings();
        return await StartAsync(settings, await databases.OpenAsync(parsed, settings, cancellationToken), cancellationToken);
    }

    /// <param name="database">The context disposes it.</param>
    /// <param name="configure">Registers further services beside those of the application and the infrastructure.</param>
    public static async Task<CommandContext> StartAsync(
        WebApplicationBuilder settings, OpenedDatabase database, CancellationToken cancellationToken,
        Action<IServiceCollection>? configure = null)
    {
        settings.Configuration[$"ConnectionStrings:{DatabaseConnection.Name}"] = database.ConnectionString;
        var wired = new ServiceCollection()
            .AddSingleton<IConfiguration>(settings.Configuration)
            .AddSingleton<IHostEnvironment>(settings.Environment)
            .AddLogging(Log)
            .AddApplication()
            .AddInfrastructure();
        configure?.Invoke(wired);
        var context = new CommandContext(database, wired.BuildServiceProvider());
        try
        {
            await context.PrepareSchemaAsync(cancellationToken);
            return context;
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    /// <summary>Handles a request of the application.</summary>
    public async Task<T> SendAsync<T>(IRequest<T> request, CancellationToken cancellationToken)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }

    /// <summary>The same settings as the service's: files beside the program, then the environment.</summary>
    public static WebApplicationBuilder Settings() => WebApplication.CreateBuilder(new WebApplicationOptions
    {
        // Used to find the controllers, whichever program runs.
        ApplicationName = typeof(ApiHost).Assembly.GetName().Name,
        ContentRootPath = AppContext.BaseDirectory,
    });

    /// <summary>Logs warnings and errors to standard error. Standard output is for the result of the command.</summary>
    public static void Log(ILoggingBuilder logging) => logging
        .ClearProviders()
        .SetMinimumLevel(LogLevel.Warning)
        .AddSimpleConsole(options => (options.SingleLine, options.ColorBehavior) = (true, LoggerColorBehavior.Default))
        .Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Task PrepareSchemaAsync(CancellationToken cancellationToken) => _database.IsEmbedded
        ? _services.GetRequiredService<SchemaMigrator>().MigrateAsync(_database.ConnectionString, cancellationToken)
        : SchemaMigrator.RequireCurrentAsync(_database.ConnectionString, cancellationToken);
}
