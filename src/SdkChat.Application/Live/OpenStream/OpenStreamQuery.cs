using MediatR;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live.OpenStream;

/// <summary>A stream of the tenant's events, from now on.</summary>
/// <param name="AcceptedUntil">When the caller's token will no longer be accepted; null for never.</param>
public sealed record OpenStreamQuery(TenantId Tenant, DateTimeOffset? AcceptedUntil) : IRequest<ILiveStream>;
