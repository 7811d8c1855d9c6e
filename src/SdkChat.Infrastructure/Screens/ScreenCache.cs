using SdkChat.Application.Screens;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Tenants;

namespace SdkChat.Infrastructure.Screens;

/// <summary>A cache of signed-in screens, by the hash of their token.</summary>
internal sealed class ScreenCache(Database database, Heartbeat heartbeat, ScreenUses uses, TimeProvider clock)
    : IScreenCache, IDirectoryCache
{
    private readonly DirectoryCache<string, SignedInScreen> _cache = new(heartbeat);

    public async ValueTask<SignedInScreen?> FindAsync(ScreenSecret token, bool mayRead, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexString(token.Hash());
        var screen = mayRead ? await _cache.GetAsync(hash, LoadAsync, cancellationToken) : _cache.Find(hash);
        if (screen is not null)
            uses.Note(screen.Id, clock.Now());
        return screen;
    }

    public void Clear() => _cache.Clear();

    private async Task<SignedInScreen?> LoadAsync(string hash, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<Row>(
            ScreenSql.Find, new { token = Convert.FromHexString(hash) }, cancellationToken);
        return row is null ? null : new SignedInScreen(row.Id, new TenantId(row.TenantId), row.CreatedBy);
    }

    private sealed record Row(Guid Id, Guid TenantId, string? CreatedBy);
}
