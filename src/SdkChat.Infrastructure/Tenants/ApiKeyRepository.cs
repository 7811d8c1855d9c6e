using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

internal sealed class ApiKeyRepository(Database database) : IApiKeyRepository
{
    /// <summary>How long a new key counts against the limit, even if it is revoked.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    public async Task<bool> AddAsync(TenantId tenant, CreatedApiKey key, int? most, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            ApiKeySql.Add,
            new
            {
                id = Guid.CreateVersion7(key.CreatedAt),
                tenant = tenant.Value,
                prefix = key.Key.Prefix,
                hash = key.Key.Hash(),
                name = key.Name,
                created_at = key.CreatedAt,
                expires_at = key.ExpiresAt,
                recent = key.CreatedAt - Recent,
                most,
            },
            cancellationToken) == 1;

    public async Task<IReadOnlyList<ApiKeyListItem>> ListAsync(TenantId? tenant, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<ApiKeyListRow>(ApiKeySql.List, new { tenant = tenant?.Value }, cancellationToken);
        return [.. rows.Select(row => row.ToItem())];
    }

    public async Task<(IReadOnlyList<ApiKeyListItem> Items, long Total)> ListAsync(
        TenantId tenant, long offset, int size, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<PageRow>(ApiKeySql.Page, new { tenant = tenant.Value, offset, size }, cancellationToken);
        return ([.. rows.Where(row => row.Prefix is not null).Select(row => row.ToItem())], rows[0].Total);
    }

    public async Task<ApiKeyListItem?> RevokeAsync(TenantId tenant, string prefix, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(ApiKeySql.Revoke, new { tenant = tenant.Value, prefix, at }, cancellationToken);
        var row = await database.QuerySingleOrDefaultAsync<ApiKeyListRow>(
            ApiKeySql.FindInList, new { tenant = tenant.Value, prefix }, cancellationToken);
        return row?.ToItem();
    }

    /// <summary>In the row of an empty page, all values except the total are null.</summary>
    private sealed record PageRow(
        long Total, string? Code, string? Prefix, string? Name, DateTime? CreatedAt, DateTime? ExpiresAt, DateTime? RevokedAt,
        DateTime? LastUsedAt)
    {
        public ApiKeyListItem ToItem() =>
            new ApiKeyListRow(Code!, Prefix!, Name, CreatedAt!.Value, ExpiresAt, RevokedAt, LastUsedAt).ToItem();
    }
}
