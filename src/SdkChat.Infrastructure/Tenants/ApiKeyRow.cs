using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Tenants;

internal sealed record ApiKeyRow(
    Guid ApiKeyId, Guid TenantId, string Prefix, byte[] KeyHash, DateTime CreatedAt, DateTime? ExpiresAt, DateTime? RevokedAt)
{
    public ApiKey Key { get; } = new(new TenantId(TenantId), Prefix, CreatedAt, ExpiresAt) { RevokedAt = RevokedAt };
}
