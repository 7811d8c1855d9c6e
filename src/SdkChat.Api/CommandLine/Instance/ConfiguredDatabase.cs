using System.CommandLine;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>The database of <c>ConnectionStrings:SdkChat</c>. The published service has no other source.</summary>
internal sealed class ConfiguredDatabase : IDatabaseSource
{
    public IReadOnlyList<Option> Options => [];

    public Task<OpenedDatabase> OpenAsync(ParseResult parsed, WebApplicationBuilder settings, CancellationToken cancellationToken) =>
        Task.FromResult(Open(settings.Configuration));

    public static bool IsIn(IConfiguration configuration) => !string.IsNullOrWhiteSpace(Value(configuration));

    /// <exception cref="CommandFailedException">The connection string is missing or malformed.</exception>
    public static OpenedDatabase Open(IConfiguration configuration)
    {
        if (!IsIn(configuration))
            throw new CommandFailedException("No database is configured: set ConnectionStrings__SdkChat.");
        var connectionString = Value(configuration)!;
        return DatabaseCreation.ProblemWith(connectionString) is { } problem
            ? throw new CommandFailedException($"ConnectionStrings__SdkChat is no connection string: {problem}")
            : new OpenedDatabase(connectionString);
    }

    private static string? Value(IConfiguration configuration) => configuration.GetConnectionString(DatabaseConnection.Name);
}
