using SdkChat.Api.CommandLine.Errors;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>As whom the schema is migrated, and for whom.</summary>
/// <param name="ConnectionString">As the tables' owner.</param>
/// <param name="ServiceRole">The role that the service connects as, where it is another; null where it owns the tables.</param>
internal sealed record Migrations(string ConnectionString, string? ServiceRole)
{
    private const string Name = "SdkChatMigrations";

    /// <param name="service">The service's own connection string, which does where no other is configured.</param>
    public static Migrations Of(IConfiguration configuration, string service)
    {
        var owner = configuration.GetConnectionString(Name);
        if (string.IsNullOrWhiteSpace(owner))
            return new Migrations(service, null);
        if (DatabaseCreation.ProblemWith(owner) is { } problem)
            throw new CommandFailedException($"ConnectionStrings__{Name} is no connection string: {problem}");

        var (asOwner, asService) = (DatabaseCreation.UserOf(owner), DatabaseCreation.UserOf(service));
        return new Migrations(owner, asOwner == asService ? null : asService);
    }

    /// <summary>At the start of a node.</summary>
    public async Task EnsureAsync(SchemaMigrator migrator, string service, CancellationToken cancellationToken)
    {
        await migrator.EnsureAsync(ConnectionString, ServiceRole, cancellationToken);
        await SchemaMigrator.RequireCurrentAsync(service, cancellationToken);
    }

    public Task<int> RunAsync(SchemaMigrator migrator, CancellationToken cancellationToken) =>
        migrator.MigrateAsync(ConnectionString, ServiceRole, cancellationToken);
}
