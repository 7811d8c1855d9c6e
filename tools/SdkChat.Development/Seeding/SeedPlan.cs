using SdkChat.Domain.Tenants;

namespace SdkChat.Development.Seeding;

/// <summary>The data to generate.</summary>
/// <param name="Tenant">The tenant of the rows; must exist.</param>
/// <param name="Chats">From 1 to <see cref="MaxChats"/>.</param>
/// <param name="Profiles">From 1 to <see cref="MaxProfiles"/>.</param>
/// <param name="Seed">The same seed, counts and instant give the same rows.</param>
/// <param name="Now">No row has an instant after this one; to the millisecond.</param>
public sealed record SeedPlan(TenantId Tenant, int Chats, int Profiles, ulong Seed, DateTimeOffset Now)
{
    public const int MaxChats = 20_000_000;
    public const int MaxProfiles = 1_000_000;

    /// <summary>Whether some of the newest chats wait for an answer. Something must end them: <see cref="SeededChatWorker"/>.</summary>
    public bool HasWaiting { get; init; }
}
