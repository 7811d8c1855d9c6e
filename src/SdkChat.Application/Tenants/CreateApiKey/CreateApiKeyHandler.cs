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
        var tenant = await tenants.GetAsync(request.Tenant, cancellationToken);
        var now = clock.Now();
        var created = new CreatedApiKey(SdkKey.Create(tenant.Code), request.ExpiresInDays is { } days ? now.AddDays(days) : null)
        {
            Name = request.Name?.Trim(),
            CreatedAt = now,
        };
        int? most = request.IsLimited ? CreateApiKeyCommand.MaxPerTenant : null;
        return await keys.AddAsync(tenant.Id, created, most, cancellationToken)
            ? created
            : throw new SdkChatException(ErrorCode.TooManyKeys, $"The tenant has {most} keys that are active or were created within a day. Revoke keys that are not used, or wait.");
    }
}
