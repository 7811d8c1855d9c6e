using MediatR;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants.CreateApiKey;

internal sealed class CreateApiKeyHandler(ITenantRegistry tenants, IApiKeyRegistry keys, TimeProvider clock)
    : IRequestHandler<CreateApiKeyCommand, CreatedApiKey>
{
    public async Task<CreatedApiKey> Handle(CreateApiKeyCommand request, CancellationToken cancellationToken)
    {
        var tenant = await tenants.GetAsync(request.Tenant, cancellationToken);
        var now = clock.Now();
        var created = new CreatedApiKey(SdkKey.Create(tenant.Code), request.ExpiresInDays is { } days ? now.AddDays(days) : null);
        await keys.AddAsync(tenant.Id, created.Key, now, created.ExpiresAt, cancellationToken);
        return created;
    }
}
