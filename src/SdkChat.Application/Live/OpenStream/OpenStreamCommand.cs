using MediatR;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live.OpenStream;

/// <summary>Watch the tenant's chats live.</summary>
/// <param name="Subject">Who watches, as their credential says; null where it does not.</param>
/// <param name="AcceptedUntil">When the caller's credential stops being accepted, and the stream with it; null for never.</param>
public sealed record OpenStreamCommand(TenantId Tenant, string? Subject, DateTimeOffset? AcceptedUntil) : IRequest<ILiveStream>
{
    /// <summary>What signed the caller's credential, where that can be withdrawn, and the stream with it; else null.</summary>
    public string? SignedBy { get; init; }

    /// <summary>The kinds that the stream carries, as <see cref="LiveEventNames"/>, separated by commas; null for <see cref="LiveEvents.Default"/>.</summary>
    public string? Events { get; init; }

    /// <summary>Only this profile's events; null for all. A profile of another tenant has none.</summary>
    public ProfileId? Profile { get; init; }

    /// <summary>Whether the tenant was read, is enabled and fits the host. False while it cannot be read: the stream then says <c>retry</c> and ends.</summary>
    public bool IsTenantVerified { get; init; } = true;
}
