using SdkChat.Application.Tenants;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>
/// A cache of keys, by prefix. It contains the row, not the result of the check: expiry is checked at each use, and a wrong key with a
/// known prefix costs no round trip.
/// </summary>
internal sealed class ApiKeyCache(Database database, Heartbeat heartbeat, ApiKeyUses uses, TimeProvider clock)
    : IApiKeyCache, IDirectoryCache
{
    private readonly DirectoryCache<string, ApiKeyRow> _cache = new(heartbeat);

    public async ValueTask<ApiKey?> FindAsync(string presentedKey, CancellationToken cancellationToken)
    {
        var row = await FindRowAsync(presentedKey, cancellationToken);
        var now = clock.Now();
        if (row is null || row.Key.StateAt(now) != ApiKeyState.Active)
            return null;

        uses.Note(row.ApiKeyId, now);
        return row.Key;
    }

    public async ValueTask<ApiKey?> FindInAnyStateAsync(string presentedKey, CancellationToken cancellationToken) =>
        (await FindRowAsync(presentedKey, cancellationToken))?.Key;

    public void Clear() => _cache.Clear();

    private async ValueTask<ApiKeyRow?> FindRowAsync(string presentedKey, CancellationToken cancellationToken)
    {
        if (!SdkKey.TryParse(presentedKey, out var presented))
            return null;

        var row = await _cache.GetAsync(presented.Prefix, LoadAsync, cancellationToken);
        return row is not null && presented.Matches(row.KeyHash) ? row : null;
    }

    private Task<ApiKeyRow?> LoadAsync(string prefix, CancellationToken cancellationToken) =>
        database.QuerySingleOrDefaultAsync<ApiKeyRow>(ApiKeySql.Find, new { prefix }, cancellationToken);
}
