using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SdkChat.Application.Auditing;

namespace SdkChat.Infrastructure.Auditing;

/// <summary>An entry and the id under which it is stored.</summary>
/// <param name="Count">How many calls the entry stands for.</param>
/// <param name="LastAt">When the response of the last of them was sent.</param>
internal sealed record AuditRow(Guid Id, AuditEntry Entry, int Count, DateTimeOffset LastAt)
{
    private const char Separator = '\u001f';

    public static AuditRow From(AuditEntry entry) => new(IdOf(entry), entry, 1, entry.At);

    /// <summary>Merges rows of the same id, in the order of their first calls: a statement may change a row only once.</summary>
    public static IReadOnlyList<AuditRow> Merge(IEnumerable<AuditRow> rows) =>
    [
        .. rows.GroupBy(row => row.Id).Select(group => group.First() with
        {
            Count = group.Sum(row => row.Count),
            LastAt = group.Max(row => row.LastAt),
        }),
    ];

    /// <summary>
    /// Reads of one page by one caller within one hour have the same id on all nodes, so that the database counts them in one entry. All
    /// other entries have a unique id.
    /// </summary>
    private static Guid IdOf(AuditEntry entry)
    {
        if (entry.Page is null)
            return Guid.CreateVersion7(entry.At);

        var text = string.Join(
            Separator,
            entry.At.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture),
            entry.Caller,
            entry.Subject,
            entry.Action,
            entry.Tenant,
            entry.Target,
            entry.Page);
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
    }
}
