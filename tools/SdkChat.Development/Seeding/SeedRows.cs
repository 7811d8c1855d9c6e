using Npgsql;
using NpgsqlTypes;
using SdkChat.Development.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;

namespace SdkChat.Development.Seeding;

/// <summary>Writes rows with binary COPY: all rows of a call, or none. Synchronous: a million awaits would take longer.</summary>
internal static class SeedRows
{
    /// <summary>
    /// A past transaction id is sufficient: a row that is not in the history counts yet is counted together with its trigger.
    /// </summary>
    private const ulong CountedXid = 3;

    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(5);

    public static void Write(
        NpgsqlConnection connection, TenantId tenant, IEnumerable<SeededProfile> profiles, CancellationToken cancellationToken)
    {
        using var copy = connection.BeginBinaryImport(SeedSql.CopyProfiles);
        copy.Timeout = WaitLimit;
        foreach (var profile in profiles)
        {
            cancellationToken.ThrowIfCancellationRequested();
            copy.StartRow();
            copy.Write(profile.Id.Value, NpgsqlDbType.Uuid);
            copy.Write(tenant.Value, NpgsqlDbType.Uuid);
            copy.Write(profile.Document, NpgsqlDbType.Jsonb);
            Write(copy, profile.CreatedAt);
            Write(copy, profile.CreatedAt);
        }

        copy.Complete();
    }

    public static void Write(NpgsqlConnection connection, IEnumerable<ChatState> chats, CancellationToken cancellationToken)
    {
        using var copy = connection.BeginBinaryImport(SeedSql.CopyChats);
        copy.Timeout = WaitLimit;
        foreach (var chat in chats)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(copy, chat);
        }

        copy.Complete();
    }

    private static void Write(NpgsqlBinaryImporter copy, ChatState chat)
    {
        copy.StartRow();
        copy.Write(chat.Id.Value, NpgsqlDbType.Uuid);
        copy.Write(chat.Tenant.Value, NpgsqlDbType.Uuid);
        copy.Write(chat.Profile.Value, NpgsqlDbType.Uuid);
        copy.Write(chat.Prompt, NpgsqlDbType.Text);
        copy.Write(ChatStatusNames.ToName(chat.Status), NpgsqlDbType.Text);
        copy.Write(chat.BackListStatus, NpgsqlDbType.Text);
        Write(copy, chat.Result?.Todos);
        Write(copy, chat.Result?.RecommendedItems);
        Write(copy, chat.Result?.NotificationItems);
        if (chat.LastError is null)
            copy.WriteNull();
        else
            copy.Write(chat.LastError, NpgsqlDbType.Text);
        Write(copy, chat.CreatedAt);
        Write(copy, chat.UpdatedAt);
        Write(copy, chat.EndedAt);
        copy.Write(chat.Revision, NpgsqlDbType.Integer);
        var isTriggered = chat.Status == ChatStatus.Completed && chat.Revision > (chat.EndedAt is null ? 1 : 2);
        Write(copy, chat.Status != ChatStatus.Completed ? null : isTriggered ? AnsweredAt(chat) : chat.UpdatedAt);
        if (isTriggered)
            copy.Write(CountedXid, NpgsqlDbType.Xid8);
        else
            copy.WriteNull();
    }

    /// <summary>
    /// A trigger has changed <c>updated_at</c> since. Without an instant the statistics would count an answer after 0 ms.
    /// </summary>
    private static DateTimeOffset AnsweredAt(ChatState chat)
    {
        var answered = chat.CreatedAt.AddMilliseconds(
            ChatGenerator.ShortestAnswer + SplitMix.For(chat.Id.Value).Below(ChatGenerator.AnswerSpread));
        return answered < chat.UpdatedAt ? answered : chat.UpdatedAt;
    }

    private static void Write(NpgsqlBinaryImporter copy, RawJson? json)
    {
        if (json is { } value)
            copy.Write(value.Utf8, NpgsqlDbType.Bytea);
        else
            copy.WriteNull();
    }

    private static void Write(NpgsqlBinaryImporter copy, DateTimeOffset? instant)
    {
        if (instant is { } value)
            copy.Write(value.UtcDateTime, NpgsqlDbType.TimestampTz);
        else
            copy.WriteNull();
    }
}
