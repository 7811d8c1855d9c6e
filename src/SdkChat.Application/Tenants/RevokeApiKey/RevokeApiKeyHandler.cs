using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants.RevokeApiKey;

internal sealed class RevokeApiKeyHandler(ITenantRegistry tenants, IApiKeyRegistry keys, TimeProvider clock) : IRequestHandler<RevokeApiKeyCommand, ApiKeyListItem>
{
    public async Task<ApiKeyListItem> Handle(RevokeApiKeyCommand request, CancellationToken cancellationToken)
    {
        var isOperator = request.Tenant is null;
        var prefix = isOperator && SdkKey.TryParse(request.Key, out var whole) ? whole.Prefix : request.Key;
        if (!SdkKey.TryParsePrefix(prefix, out var code))
            throw NotFound(isOperator);

        // The prefix names the tenant, so that no statement revokes a key without saying whose it is.
        var tenant = request.Tenant ?? (await tenants.FindAsync(code, cancellationToken))?.Id ?? throw NotFound(isOperator);
        return await keys.RevokeAsync(tenant, prefix, clock.Now(), cancellationToken) ?? throw NotFound(isOperator);
    }

    private static NotFoundException NotFound(bool isOperator) => isOperator ? NotFoundException.ApiKeyOfOperator() : NotFoundException.ApiKey();
}
