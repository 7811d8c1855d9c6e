using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants.CreateApiKey;

internal sealed class CreateApiKeyHandler(ITenantRegistry tenants, IApiKeyRegistry keys, TimeProvider clock)
    : IRequestHandler<CreateApiKeyCommand, CreatedApiKey>
{
    public async Task<CreatedApiKey> Handle(CreateApiKeyCommand request, CancellationToken cancellationToken)
    {
        var code = TenantCodeRule.Parse(request.Tenant);
        var tenant = await tenants.FindAsync(code, cancellationToken) ?? throw NotFoundException.Tenant(code.Value);

        var now = clock.Now();
        var created = new CreatedApiKey(SdkKey.Create(code), request.ExpiresInDays is { } days ? now.AddDays(days) : null);
        await keys.AddAsync(tenant.Id, created.Key, now, created.ExpiresAt, cancellationToken);
        return created;
    }
}
