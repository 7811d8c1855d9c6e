using SdkChat.Application.Auditing;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Auditing;

internal sealed class AuditReader(Database database) : IAuditReader, ICrossTenantAuditReader
{
    public async Task<PageSlice<StoredAuditEntry>> ListAsync(
        AuditFilter filter, PagePosition position, int size, CancellationToken cancellationToken)
    {
        var sql = position switch
        {
            PagePosition.After => AuditListSql.EntriesAfter,
            PagePosition.Before => AuditListSql.EntriesBefore,
            PagePosition.Last => AuditListSql.EntriesLast,
            _ => AuditListSql.EntriesFromOffset,
        };
        var rows = await ReadAsync(sql, filter, hasChanges: true, position, size, cancellationToken);
        return Slice(rows, row => row.ToEntry());
    }

    public async Task<PageSlice<AccessEntry>> ListAccessAsync(
        TenantId tenant, bool hasChanges, PagePosition position, int size, CancellationToken cancellationToken)
    {
        var sql = position switch
        {
            PagePosition.After => AuditListSql.AccessAfter,
            PagePosition.Before => AuditListSql.AccessBefore,
            PagePosition.Last => AuditListSql.AccessLast,
            _ => AuditListSql.AccessFromOffset,
        };
        var rows = await ReadAsync(sql, new AuditFilter(null, tenant, null, null, null), hasChanges, position, size, cancellationToken);
        return Slice(rows, row => row.ToAccess());
    }

    private Task<IReadOnlyList<AuditListRow>> ReadAsync(
        string sql, AuditFilter filter, bool hasChanges, PagePosition position, int size, CancellationToken cancellationToken)
    {
        var key = position switch
        {
            PagePosition.After after => after.Key,
            PagePosition.Before before => before.Key,
            _ => default,
        };
        return database.QueryAsync<AuditListRow>(
            sql,
            new
            {
                subject = filter.Subject,
                tenant = filter.Tenant?.Value,
                action = filter.Action,
                from = filter.From,
                to = filter.To,
                hasChanges,
                offset = position is PagePosition.Offset { Rows: var rows } ? rows : 0,
                size,
                key_at = key.CreatedAt,
                key_id = key.Chat.Value,
            },
            cancellationToken);
    }

    /// <summary>Past the end, all rows precede the page.</summary>
    private static PageSlice<T> Slice<T>(IReadOnlyList<AuditListRow> rows, Func<AuditListRow, T> toItem)
    {
        T[] items = [.. rows.Where(row => row.AuditId is not null).Select(toItem)];
        return new PageSlice<T>(items, rows[0].Total, items.Length == 0 ? rows[0].Total : rows[0].Skipped);
    }
}
