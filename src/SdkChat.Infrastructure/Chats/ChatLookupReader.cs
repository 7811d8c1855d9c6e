using System.Data.Common;
using SdkChat.Application.Chats;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Chats;

/// <summary>
/// Reads the rows of the statements of <see cref="ChatLookupSql"/>. Polls are the most frequent requests, and Dapper's row mapping would
/// box each value (docs/performance-decisions.md).
/// </summary>
internal static class ChatLookupReader
{
    /// <summary>The columns in their order. Those of the chat are null if the profile has no such chat.</summary>
    private enum Column
    {
        ChatExists,
        RunPending,
        RunAccepted,
        ChatId,
        TenantId,
        ProfileId,
        ProfileSessionId,
        Prompt,
        Status,
        BackListStatus,
        LastError,
        CreatedAt,
        UpdatedAt,
        EndedAt,
        Revision,
        Locale,
        IsKnown,
        Todos,
        RecommendedItems,
        NotificationItems,
        Number,
    }

    private static readonly ChatLookup NoProfile = new(ProfileExists: false, Chat: null, Run: null);

    public static async Task<ChatLookup> ReadAsync(DbDataReader row, CancellationToken cancellationToken) =>
        await row.ReadAsync(cancellationToken) ? Read(row) : NoProfile;

    /// <summary>For <see cref="ChatLookupSql.FindMany"/>.</summary>
    /// <returns>One for each chat that was requested, in that order.</returns>
    public static async Task<ChatLookup[]> ReadManyAsync(DbDataReader row, int chats, CancellationToken cancellationToken)
    {
        var lookups = new ChatLookup[chats];
        Array.Fill(lookups, NoProfile);
        while (await row.ReadAsync(cancellationToken))
            lookups[row.GetInt32((int)Column.Number) - 1] = Read(row);
        return lookups;
    }

    private static ChatLookup Read(DbDataReader row)
    {
        if (!row.GetBoolean((int)Column.ChatExists))
            return new ChatLookup(ProfileExists: true, Chat: null, Run: null);
        if (row.GetBoolean((int)Column.IsKnown))
            return new ChatLookup(ProfileExists: true, Chat: null, Run: null, IsKnown: true);

        var state = ReadState(row);
        return new ChatLookup(
            ProfileExists: true,
            Chat.Restore(state),
            row.GetBoolean((int)Column.RunPending)
                ? new RunTicket(state.Id, state.CreatedAt, Text(row, Column.Locale), state.Prompt)
                : null,
            row.GetBoolean((int)Column.RunAccepted));
    }

    private static ChatState ReadState(DbDataReader row) => new()
    {
        Id = new ChatId(row.GetGuid((int)Column.ChatId)),
        Tenant = new TenantId(row.GetGuid((int)Column.TenantId)),
        Profile = new ProfileId(row.GetGuid((int)Column.ProfileId)),
        Session = row.IsDBNull((int)Column.ProfileSessionId) ? null : new ProfileSessionId(row.GetGuid((int)Column.ProfileSessionId)),
        Prompt = row.GetString((int)Column.Prompt),
        Status = ChatStatusNames.Parse(row.GetString((int)Column.Status)),
        BackListStatus = row.GetString((int)Column.BackListStatus),
        Result = row.IsDBNull((int)Column.Todos)
            ? null
            : new PipelineResult(Json(row, Column.Todos), Json(row, Column.RecommendedItems), Json(row, Column.NotificationItems)),
        LastError = Text(row, Column.LastError),
        CreatedAt = row.GetDateTime((int)Column.CreatedAt),
        UpdatedAt = row.GetDateTime((int)Column.UpdatedAt),
        EndedAt = row.IsDBNull((int)Column.EndedAt) ? null : row.GetDateTime((int)Column.EndedAt),
        Revision = row.GetInt32((int)Column.Revision),
    };

    private static string? Text(DbDataReader row, Column column) => row.IsDBNull((int)column) ? null : row.GetString((int)column);

    private static RawJson Json(DbDataReader row, Column column) => new(row.GetFieldValue<byte[]>((int)column));
}
