using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>Erases people for good.</summary>
public interface IErasures
{
    /// <summary>
    /// All of it or nothing, in one transaction with the record that it happened. Whatever is being stored for the profile
    /// at that moment is either stored before and erased with the rest, or fails as for a profile that does not exist.
    /// </summary>
    /// <returns>The record; null when the tenant has no such profile (any more), and nothing was done.</returns>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now; nothing was erased.</exception>
    Task<Erasure?> EraseAsync(TenantId tenant, ProfileId profile, DateTimeOffset at, CancellationToken cancellationToken);
}

/// <summary>That a person was erased. It does not say who.</summary>
/// <param name="Id">What the record is called; made for it, and derived from nothing.</param>
/// <param name="Chats">Chats that went.</param>
/// <param name="Sessions">Sessions that went.</param>
public sealed record Erasure(Guid Id, DateTimeOffset At, int Chats, int Sessions);
