using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Tenants;

internal sealed record ApiKeyListRow(
    string Code, string Prefix, string? Name, DateTime CreatedAt, DateTime? ExpiresAt, DateTime? RevokedAt, DateTime? LastUsedAt)
{
    public ApiKeyListItem ToItem() => new()
    {
        Tenant = TenantCode.TryParse(Code, out var code)
            ? code
            : throw new InvalidOperationException($"The tenant of {Prefix} has no valid code."),
        Prefix = Prefix,
        Name = Name,
        CreatedAt = CreatedAt,
        ExpiresAt = ExpiresAt,
        RevokedAt = RevokedAt,
        LastUsedAt = LastUsedAt,
    };
}
