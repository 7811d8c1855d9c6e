using SdkChat.Api.CommandLine.Errors;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>The roles of a migration: the one that runs it, and the one that uses the schema.</summary>
/// <param name="ConnectionString">As the owner of the tables.</param>
/// <param name="ServiceRole">The role that the service connects as, if it is another one; null if it owns the tables.</param>
internal sealed record Migrations(string ConnectionString, string? ServiceRole)
{
    private const string Name = "SdkChatMigrations";

    /// <param name="service">The service's own connection string, which is used if no other is configured.</param>
    public static Migrations Create(IConfiguration configuration, string service)
    {
        var owner = configuration.GetConnectionString(Name);
        if (string.IsNullOrWhiteSpace(owner))
            return new Migrations(service, null);
        if (DatabaseCreation.ProblemWith(owner) is { } problem)
            throw new CommandFailedException($"ConnectionStrings__{Name} is no connection string: {problem}");

        var (asOwner, asService) = (DatabaseCreation.UserOf(owner), DatabaseCreation.UserOf(service));
        return new Migrations(owner, asOwner == asService ? null : asService);
    }

    /// <summary>Migrates at the start of a node, unless there is nothing to do: then one connection shows it.</summary>
    public async Task EnsureAsync(SchemaMigrator migrator, string service, CancellationToken cancellationToken)
    {
        if (await SchemaMigrator.IsCurrentAsync(service, cancellationToken))
            return;

        await migrator.EnsureAsync(ConnectionString, ServiceRole, cancellationToken);
        await SchemaMigrator.RequireCurrentAsync(service, cancellationToken);
    }

    public Task<int> RunAsync(SchemaMigrator migrator, CancellationToken cancellationToken) =>
        migrator.MigrateAsync(ConnectionString, ServiceRole, cancellationToken);
}
