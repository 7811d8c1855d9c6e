using MediatR;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Profiles.EraseProfile;

internal sealed class EraseProfileHandler(ITenantRegistry tenants, IErasures erasures, TimeProvider clock)
    : IRequestHandler<EraseProfileCommand, Erasure?>
{
    public async Task<Erasure?> Handle(EraseProfileCommand request, CancellationToken cancellationToken)
    {
        var tenant = await tenants.GetAsync(request.Tenant, cancellationToken);
        return await erasures.EraseAsync(tenant.Id, request.Profile, clock.Now(), cancellationToken);
    }
}
