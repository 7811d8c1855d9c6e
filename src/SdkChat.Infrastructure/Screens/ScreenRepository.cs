using SdkChat.Application.Screens;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Screens;

internal sealed class ScreenRepository(Database database, TimeProvider clock) : IScreenRepository, IScreenSecrets
{
    /// <summary>How long a screen that was revoked is kept.</summary>
    public static readonly TimeSpan RevokedKeptFor = TimeSpan.FromDays(30);

    public async Task<bool> AddAsync(TenantId tenant, Screen screen, ScreenSecret link, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(
            ScreenSql.RemoveExpired,
            new
            {
                tenant = tenant.Value, now = screen.CreatedAt,
                revoked_before = screen.CreatedAt - RevokedKeptFor, keep_seconds = RevokedKeptFor.TotalSeconds,
            },
            cancellationToken);
        return await database.ExecuteAsync(
            ScreenSql.Add,
            new
            {
                id = screen.Id, tenant = tenant.Value, name = screen.Name, link = link.Hash(), until = screen.LinkUntil,
                now = screen.CreatedAt, by = screen.CreatedBy, most = Screen.MaxPerTenant,
            },
            cancellationToken) == 1;
    }

    public async Task<IReadOnlyList<Screen>> ListAsync(TenantId tenant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(ScreenSql.List, new { tenant = tenant.Value, now }, cancellationToken);
        return [.. rows.Select(row => row.ToScreen())];
    }

    public async Task<bool> RevokeAsync(TenantId tenant, Guid screen, DateTimeOffset at, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(ScreenSql.Revoke, new { tenant = tenant.Value, screen, at }, cancellationToken) == 1;

    public async Task<bool> ActivateAsync(
        ScreenSecret link, string? tenantCode, ScreenSecret token, DateTimeOffset at, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            ScreenSql.Activate, new { link = link.Hash(), tenantCode, token = token.Hash(), at }, cancellationToken) == 1;

    public async Task<IReadOnlySet<Guid>> FindActiveAsync(IReadOnlyCollection<Guid> screens, CancellationToken cancellationToken) =>
        (await database.QueryAsync<Guid>(ScreenSql.Active, new { screens = screens.ToArray(), now = clock.Now() }, cancellationToken))
            .ToHashSet();

    private sealed record Row(
        Guid ScreenId, Guid TenantId, string Name, DateTime CreatedAt, string? CreatedBy, DateTime LinkUntil, DateTime? ActivatedAt,
        DateTime? LastUsedAt)
    {
        public Screen ToScreen() =>
            new(ScreenId, new TenantId(TenantId), Name, CreatedAt, CreatedBy, LinkUntil, ActivatedAt) { LastUsedAt = LastUsedAt };
    }
}
