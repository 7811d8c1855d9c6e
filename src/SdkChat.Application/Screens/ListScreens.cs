using MediatR;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Screens;

/// <summary>The tenant's screens and the links that still work, newest first.</summary>
public sealed record ListScreensQuery(TenantId Tenant) : IRequest<IReadOnlyList<Screen>>;

internal sealed class ListScreensHandler(IScreenRepository screens, TimeProvider clock) : IRequestHandler<ListScreensQuery, IReadOnlyList<Screen>>
{
    public Task<IReadOnlyList<Screen>> Handle(ListScreensQuery request, CancellationToken cancellationToken) =>
        screens.ListAsync(request.Tenant, clock.Now(), cancellationToken);
}
