using MediatR;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Profiles;

/// <summary>
/// Erases a person on a tenant's order: the profile, whether deleted or not, its chats with prompts and results, its sessions, and all
/// other rows that were stored because of them. A run in progress cannot store its result afterwards. It cannot be undone.
/// </summary>
/// <param name="Tenant">The tenant's code, as an operator types it.</param>
public sealed record EraseProfileCommand(string Tenant, ProfileId Profile) : IRequest<Erasure?>;

internal sealed class EraseProfileHandler(ITenantRepository tenants, IErasures erasures, TimeProvider clock)
    : IRequestHandler<EraseProfileCommand, Erasure?>
{
    public async Task<Erasure?> Handle(EraseProfileCommand request, CancellationToken cancellationToken)
    {
        var tenant = await tenants.GetAsync(request.Tenant, cancellationToken);
        return await erasures.EraseAsync(tenant.Id, request.Profile, clock.Now(), cancellationToken);
    }
}
