using MediatR;

namespace SdkChat.Application.Tenants.ListApiKeys;

internal sealed class ListApiKeysHandler(ITenantRegistry tenants, IApiKeyRegistry keys)
    : IRequestHandler<ListApiKeysQuery, IReadOnlyList<ApiKeyListItem>>
{
    public async Task<IReadOnlyList<ApiKeyListItem>> Handle(ListApiKeysQuery request, CancellationToken cancellationToken)
    {
        var tenant = request.Tenant is null ? null : await tenants.GetAsync(request.Tenant, cancellationToken);
        return await keys.ListAsync(tenant?.Id, cancellationToken);
    }
}
