using MediatR;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Application.Tenants.ListApiKeys;

internal sealed class ListApiKeysHandler(ITenantRegistry tenants, IApiKeyRegistry keys)
    : IRequestHandler<ListApiKeysQuery, IReadOnlyList<ApiKeyListItem>>
{
    public async Task<IReadOnlyList<ApiKeyListItem>> Handle(ListApiKeysQuery request, CancellationToken cancellationToken)
    {
        if (request.Tenant is null)
            return await keys.ListAsync(null, cancellationToken);

        var code = TenantCodeRule.Parse(request.Tenant);
        var tenant = await tenants.FindAsync(code, cancellationToken) ?? throw NotFoundException.Tenant(code.Value);
        return await keys.ListAsync(tenant.Id, cancellationToken);
    }
}
