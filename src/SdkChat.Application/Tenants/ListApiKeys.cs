using MediatR;

namespace SdkChat.Application.Tenants;

/// <summary>SDK keys by tenant, oldest first; revoked and expired ones too.</summary>
/// <param name="Tenant">The code or the id of the tenant whose keys are listed; null for all tenants.</param>
public sealed record ListApiKeysQuery(string? Tenant = null) : IRequest<IReadOnlyList<ApiKeyListItem>>;

internal sealed class ListApiKeysHandler(ITenantRepository tenants, IApiKeyRepository keys)
    : IRequestHandler<ListApiKeysQuery, IReadOnlyList<ApiKeyListItem>>
{
    public async Task<IReadOnlyList<ApiKeyListItem>> Handle(ListApiKeysQuery request, CancellationToken cancellationToken)
    {
        var tenant = request.Tenant is null ? null : await tenants.GetAsync(request.Tenant, cancellationToken);
        return await keys.ListAsync(tenant?.Id, cancellationToken);
    }
}
