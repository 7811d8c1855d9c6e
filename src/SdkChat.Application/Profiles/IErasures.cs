using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>Erases persons permanently.</summary>
public interface IErasures
{
    /// <summary>
    /// Erases all data of the profile in one transaction with the record of the erasure. A concurrent write for the profile is either
    /// committed before and erased with the rest, or fails as for a profile that does not exist.
    /// </summary>
    /// <returns>The record; null if the tenant has no such profile (any more) and nothing was done.</returns>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now. Nothing was erased.</exception>
    Task<Erasure?> EraseAsync(TenantId tenant, ProfileId profile, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// The name in the profile beside one that was typed; null if the tenant has no such profile (any more). A deleted profile is found.
    /// </summary>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<NameComparison?> CompareNameAsync(TenantId tenant, ProfileId profile, string typed, CancellationToken cancellationToken);
}

/// <summary>Two names in the same normalization form: keyboards compose the same letters from different code points.</summary>
/// <param name="Stored">The name in the profile, as lists show it; null if it has none.</param>
public sealed record NameComparison(string? Stored, string Typed)
{
    public bool IsSame => Stored?.Trim() is { Length: > 0 } name && name == Typed.Trim();
}

/// <summary>The record of an erasure. It does not identify the person.</summary>
/// <param name="Id">Random; not derived from the data that was erased.</param>
/// <param name="Chats">The number of erased chats.</param>
/// <param name="Sessions">The number of erased sessions.</param>
public sealed record Erasure(Guid Id, DateTimeOffset At, int Chats, int Sessions);
