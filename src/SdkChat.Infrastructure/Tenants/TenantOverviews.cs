using SdkChat.Application.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

internal sealed class TenantOverviews(Database database) : ITenantOverviews
{
    public async Task<(IReadOnlyList<TenantOverview> Items, long Total)> ListAsync(
        TenantFilter filter, DateTimeOffset from, DateTimeOffset late, (DateTimeOffset From, DateTimeOffset To) expiring, long offset,
        int size, CancellationToken cancellationToken)
    {
        var (now, soon) = expiring;
        var rows = await database.QueryAsync<Row>(
            TenantOverviewSql.Page, new { name = filter.Name, ids = filter.Ids?.ToArray(), from, late, now, soon, offset, size },
            cancellationToken);
        return ([.. rows.Where(row => row.TenantId != default).Select(row => row.ToOverview())], rows[0].Total);
    }

    /// <summary>In the row of an empty page, all values except the total are defaults.</summary>
    private sealed class Row
    {
        public long Total { get; init; }

        public Guid TenantId { get; init; }

        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public bool Enabled { get; init; }

        public long Chats { get; init; }

        public long Failed { get; init; }

        public long Waiting { get; init; }

        public DateTimeOffset? WaitingSince { get; init; }

        public DateTimeOffset? LastChatAt { get; init; }

        public long ExpiringKeys { get; init; }

        public DateTimeOffset? NextKeyExpiry { get; init; }

        public TenantOverview ToOverview() => new(
            new TenantRow(TenantId, Code, Name, Enabled).ToTenant(), Chats, Failed, Waiting, WaitingSince, LastChatAt, ExpiringKeys,
            NextKeyExpiry);
    }
}
