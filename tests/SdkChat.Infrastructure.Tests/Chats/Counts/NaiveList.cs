using Dapper;
using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Infrastructure.Chats;

namespace SdkChat.Infrastructure.Tests.Chats.Counts;

/// <summary>A list as whoever has all the rows would page it.</summary>
internal sealed class NaiveList(IReadOnlyList<ChatKey> newestFirst)
{
    public IReadOnlyList<ChatKey> Keys => newestFirst;

    public static async Task<NaiveList> ReadAsync(NpgsqlConnection connection, Guid? tenant, Guid? profile, ChatFilter? filter = null)
    {
        var by = filter ?? ChatFilter.None;
        var statuses = Enum.GetValues<ChatStatus>().Where(status => by.Statuses.HasFlag((ChatStatuses)(1 << (int)status)))
            .Select(ChatStatusNames.ToName).ToArray();
        var rows = await connection.QueryAsync<(DateTime CreatedAt, Guid Chat)>(
            """
            select created_at, chat_id from sdk_chat
            where (@tenant is null or tenant_id = @tenant) and (@profile is null or profile_id = @profile)
              and (@all or status = any (@statuses)) and (@triggered::boolean is null or (triggered_xid is not null) = @triggered)
              and (@From::timestamptz is null or created_at >= @From) and (@To::timestamptz is null or created_at < @To)
            order by created_at desc, chat_id desc
            """,
            new { tenant, profile, all = by.Statuses == ChatStatuses.Any, statuses, triggered = by.Triggered, by.From, by.To });
        return new NaiveList([.. rows.Select(row => new ChatKey(new DateTimeOffset(row.CreatedAt, TimeSpan.Zero), new ChatId(row.Chat)))]);
    }

    /// <summary>The keys of a page, and how many precede it.</summary>
    public (IReadOnlyList<ChatKey> Page, long Skipped) At(PagePosition position, int size)
    {
        var skip = position switch
        {
            PagePosition.Offset offset => Math.Min(offset.Rows, newestFirst.Count),
            PagePosition.Last => Math.Max(newestFirst.Count - 1, 0) / size * size,
            PagePosition.After after => newestFirst.TakeWhile(key => Compare(key, after.Key) >= 0).Count(),
            // Nothing is counted here; the rows are those after the key.
            PagePosition.Following following => newestFirst.TakeWhile(key => Compare(key, following.Key) >= 0).Count(),
            PagePosition.Before before => Math.Max(newestFirst.TakeWhile(key => Compare(key, before.Key) > 0).Count() - size, 0),
            _ => throw new ArgumentOutOfRangeException(nameof(position)),
        };
        var rows = newestFirst.Skip((int)skip).Take(size);
        return ([.. position is PagePosition.Before edge ? rows.TakeWhile(key => Compare(key, edge.Key) > 0) : rows], skip);
    }

    /// <summary>Every place that a page could begin or end at, and some where none does.</summary>
    public IEnumerable<PagePosition> Positions(int size)
    {
        yield return new PagePosition.Last();
        for (var skip = 0; skip <= newestFirst.Count + size; skip += size)
            yield return new PagePosition.Offset(skip);
        foreach (var key in newestFirst)
        {
            yield return new PagePosition.After(key);
            yield return new PagePosition.Before(key);
        }

        foreach (var key in newestFirst.Take(3))
        {
            var nobodys = key with { Chat = new ChatId(Guid.NewGuid()) };
            yield return new PagePosition.After(nobodys);
            yield return new PagePosition.Before(nobodys);
        }
    }

    private static int Compare(ChatKey one, ChatKey other) =>
        (one.CreatedAt, one.Chat.Value).CompareTo((other.CreatedAt, other.Chat.Value));
}
