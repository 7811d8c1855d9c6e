namespace SdkChat.Application.Tenants;

/// <summary>Numbers of all tenants, for the backoffice.</summary>
public interface ITenantOverviews
{
    /// <summary>
    /// Lists tenants in this order: enabled ones whose oldest unanswered chat is older than <paramref name="late"/>; then by failed chats
    /// times their share of the tenant's chats; then those whose keys expire; then by chats; disabled ones last. All numbers are of one
    /// snapshot.
    /// </summary>
    /// <param name="from">Only chats that were created at this instant or later are counted.</param>
    /// <param name="expiring">Counts the keys that are active at its <c>From</c> and no longer at its <c>To</c>.</param>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<(IReadOnlyList<TenantOverview> Items, long Total)> ListAsync(
        TenantFilter filter, DateTimeOffset from, DateTimeOffset late, (DateTimeOffset From, DateTimeOffset To) expiring, long offset,
        int size, CancellationToken cancellationToken);
}

/// <summary>The numbers of a tenant.</summary>
/// <param name="Chats">Chats since the start of the range, of every status.</param>
/// <param name="Failed">Those of them whose status is <c>error</c>.</param>
/// <param name="Waiting">Chats in progress, regardless of when they were started.</param>
/// <param name="WaitingSince">When the oldest of them was started; null if there is none.</param>
/// <param name="LastChatAt">When the newest chat was started; null if there is none.</param>
/// <param name="ExpiringKeys">Active SDK keys that expire soon.</param>
/// <param name="NextKeyExpiry">When the first of them expires; null if there is none.</param>
public sealed record TenantOverview(
    Tenant Tenant, long Chats, long Failed, long Waiting, DateTimeOffset? WaitingSince, DateTimeOffset? LastChatAt, long ExpiringKeys,
    DateTimeOffset? NextKeyExpiry);
