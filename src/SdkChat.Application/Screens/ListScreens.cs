using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Screens;

/// <summary>The tenant's screens and the links that still work, newest first.</summary>
/// <exception cref="NotFoundException">There is no such tenant.</exception>
public sealed record ListScreensQuery(TenantId Tenant) : IRequest<IReadOnlyList<Screen>>;

internal sealed class ListScreensHandler(IScreenRepository screens, ITenantRepository tenants, TimeProvider clock)
    : IRequestHandler<ListScreensQuery, IReadOnlyList<Screen>>
{
    public async Task<IReadOnlyList<Screen>> Handle(ListScreensQuery request, CancellationToken cancellationToken)
    {
        var found = await screens.ListAsync(request.Tenant, clock.Now(), cancellationToken);
        if (found.Count == 0 && await tenants.FindAsync(request.Tenant, cancellationToken) is null)
            throw NotFoundException.Tenant();
        return found;
    }
}
