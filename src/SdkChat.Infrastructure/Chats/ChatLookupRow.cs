using SdkChat.Application.Chats;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Infrastructure.Chats;

/// <summary>The row of an existing profile. The chat's columns are null if it has no such chat.</summary>
internal sealed class ChatLookupRow : ChatDetailRow
{
    public bool ChatExists { get; init; }

    public bool IsKnown { get; init; }

    public bool RunPending { get; init; }

    public bool RunAccepted { get; init; }

    public byte[]? PipelineTodos { get; init; }

    public byte[]? PipelineRecommendedItems { get; init; }

    public byte[]? PipelineNotificationItems { get; init; }

    private PipelineResult? Result => PipelineTodos is null
        ? null
        : new PipelineResult(new RawJson(PipelineTodos), new RawJson(PipelineRecommendedItems), new RawJson(PipelineNotificationItems));

    public static ChatLookup ToLookup(ChatLookupRow? row)
    {
        if (row is not { ChatExists: true })
            return new ChatLookup(row is not null, Chat: null, Run: null);
        if (row.IsKnown)
            return new ChatLookup(ProfileExists: true, Chat: null, Run: null, IsKnown: true);

        var state = row.ToState(row.Result);
        return new ChatLookup(
            ProfileExists: true,
            Chat.Restore(state),
            row.RunPending ? new RunTicket(state.Id, state.CreatedAt, row.Locale, state.Prompt) : null,
            row.RunAccepted);
    }
}
