using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>What is known of a shopper, for admins.</summary>
/// <param name="Tenant">The tenant whose profile it must be; null for the backoffice, which may read any.</param>
/// <exception cref="NotFoundException">There is no such profile, or it belongs to another tenant.</exception>
public sealed record GetProfileHistoryQuery(TenantId? Tenant, ProfileId Profile) : IRequest<ProfileHistory>;

internal sealed class GetProfileHistoryHandler(IProfileHistory history, ICrossTenantProfileHistory allTenants)
    : IRequestHandler<GetProfileHistoryQuery, ProfileHistory>
{
    public async Task<ProfileHistory> Handle(GetProfileHistoryQuery request, CancellationToken cancellationToken) =>
        await (request.Tenant is { } tenant
            ? history.FindAsync(tenant, request.Profile, cancellationToken)
            : allTenants.FindAsync(request.Profile, cancellationToken)) ?? throw NotFoundException.Profile();
}
