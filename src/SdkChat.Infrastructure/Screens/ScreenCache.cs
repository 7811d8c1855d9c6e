using SdkChat.Application.Screens;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Tenants;

namespace SdkChat.Infrastructure.Screens;

/// <summary>A cache of signed-in screens, by the hash of their token.</summary>
internal sealed class ScreenCache(Database database, Heartbeat heartbeat) : IScreenCache, IDirectoryCache
{
    private readonly DirectoryCache<string, SignedInScreen> _cache = new(heartbeat);

    public async ValueTask<SignedInScreen?> FindAsync(ScreenSecret token, CancellationToken cancellationToken) =>
        await _cache.GetAsync(Convert.ToHexString(token.Hash()), LoadAsync, cancellationToken);

    public void Clear() => _cache.Clear();

    private async Task<SignedInScreen?> LoadAsync(string hash, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<Row>(ScreenSql.Find, new { token = Convert.FromHexString(hash) }, cancellationToken);
        return row is null ? null : new SignedInScreen(row.Id, new TenantId(row.TenantId), row.CreatedBy);
    }

    private sealed record Row(Guid Id, Guid TenantId, string? CreatedBy);
}
