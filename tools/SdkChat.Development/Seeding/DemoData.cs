using Dapper;
using Npgsql;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.FloorPlans;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Tenants;

namespace SdkChat.Development.Seeding;

/// <summary>
/// The data of a new development instance: two tenants with some shoppers and a few hundred chats in every status. A tenant that already
/// has a profile is not changed.
/// </summary>
public sealed class DemoData
{
    private static readonly (string Code, string Name, int Chats, int Profiles)[] Tenants =
    [
        ("demo", "Demo Mart 데모마트", 320, 12),
        ("acme", "Acme Foods", 140, 7),
    ];

    private readonly Database _database;
    private readonly TimeProvider _clock;

    internal DemoData(Database database, TimeProvider clock) => (_database, _clock) = (database, clock);

    /// <summary>The demo's tenants; the banner shows the first.</summary>
    public static IReadOnlyList<string> TenantCodes { get; } = [.. Tenants.Select(tenant => tenant.Code)];

    /// <summary>Adds the data in one transaction: all of it or nothing.</summary>
    /// <returns>How many chats were added; 0 if the demo data exists.</returns>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">Storage cannot answer now. Nothing was added.</exception>
    public Task<int> EnsureAsync(CancellationToken cancellationToken) => _database.RunAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(SeedSql.LockDemo, cancellationToken: cancellationToken));
            var added = 0;
            foreach (var (code, name, chats, profiles) in Tenants)
            {
                var tenant = await TenantAsync(connection, code, name, cancellationToken);
                if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                        SeedSql.HasProfiles, new { tenant = tenant.Value }, cancellationToken: cancellationToken)))
                {
                    added += Fill(
                        connection, new SeedPlan(tenant, chats, profiles, Seed(code), _clock.Now()) { HasWaiting = true },
                        cancellationToken);
                    var (plan, content) = DemoFloorPlan.Create(_clock);
                    await connection.ExecuteAsync(new CommandDefinition(
                        FloorPlanSql.Set, FloorPlanRepository.ParametersOf(tenant, plan, content), cancellationToken: cancellationToken));
                }
            }

            await transaction.CommitAsync(cancellationToken);
            return added;
        },
        cancellationToken);

    private static async Task<TenantId> TenantAsync(
        NpgsqlConnection connection, string code, string name, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            TenantSql.Add, new { tenant = Guid.CreateVersion7(), code, name, enabled = true }, cancellationToken: cancellationToken));
        var row = await connection.QuerySingleAsync<TenantRow>(new CommandDefinition(
            TenantSql.FindByCode, new { code }, cancellationToken: cancellationToken));
        return new TenantId(row.TenantId);
    }

    private static int Fill(NpgsqlConnection connection, SeedPlan plan, CancellationToken cancellationToken)
    {
        var profiles = new ProfileGenerator(plan).Generate().ToList();
        SeedRows.Write(connection, plan.Tenant, profiles, cancellationToken);
        var shoppers = profiles.ConvertAll(profile => new Shopper(profile.Id, profile.Language));
        SeedRows.Write(connection, new ChatGenerator(plan, shoppers).Generate(0, plan.Chats), cancellationToken);
        return plan.Chats;
    }

    /// <summary>A different seed for each tenant, so that their data differs. It is derived from the letters of the code.</summary>
    private static ulong Seed(string code) => code.Aggregate(0UL, (seed, letter) => (seed << 8) | letter);
}
