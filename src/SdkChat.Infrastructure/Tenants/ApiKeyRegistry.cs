using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

internal sealed class ApiKeyRegistry(Database database) : IApiKeyRegistry
{
    public Task AddAsync(
        TenantId tenant, SdkKey key, DateTimeOffset createdAt, DateTimeOffset? expiresAt, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            ApiKeySql.Add,
            new
            {
                id = Guid.CreateVersion7(createdAt),
                tenant = tenant.Value,
                prefix = key.Prefix,
                hash = key.Hash(),
                created_at = createdAt,
                expires_at = expiresAt,
            },
            cancellationToken);

    public async Task<IReadOnlyList<ApiKeyListItem>> ListAsync(TenantId? tenant, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<ApiKeyListRow>(ApiKeySql.List, new { tenant = tenant?.Value }, cancellationToken);
        return [.. rows.Select(row => row.ToItem())];
    }

    public async Task<DateTimeOffset?> RevokeAsync(string prefix, DateTimeOffset at, CancellationToken cancellationToken) =>
        await database.QuerySingleOrDefaultAsync<DateTime?>(ApiKeySql.Revoke, new { prefix, at }, cancellationToken);
}
