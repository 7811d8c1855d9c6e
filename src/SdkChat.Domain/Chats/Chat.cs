using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>
/// A shopper's question and what became of it. Every change goes through <see cref="Apply"/>, which checks the lifecycle,
/// takes the new state and raises the event, so that none of the three can be forgotten.
/// </summary>
public sealed class Chat
{
    public const string BackListNotStarted = "not_started";

    private readonly List<IDomainEvent> _raised = [];

    private Chat(ChatState state)
    {
        State = state;
        StoredRevision = state.Revision;
    }

    /// <summary>The values as they stand now.</summary>
    public ChatState State { get; private set; }

    /// <summary>The revision that storage holds: the one to change from. For a new chat it is 0, and no row is there yet.</summary>
    public int StoredRevision { get; }

    /// <summary>What has happened since the chat was started or restored, oldest first.</summary>
    public IReadOnlyList<IDomainEvent> Raised => _raised;

    public bool IsEnded => State.EndedAt is not null;

    /// <summary>Kickoff: a chat in progress, without a result.</summary>
    /// <param name="prompt">As the shopper wrote it, trimmed; 1 to 4,000 characters (the caller's validator sees to it).</param>
    public static Chat Start(
        ChatId id, TenantId tenant, ProfileId profile, ProfileSessionId? session, string prompt, DateTimeOffset at)
    {
        var chat = new Chat(new ChatState
        {
            Id = id,
            Tenant = tenant,
            Profile = profile,
            Session = session,
            Prompt = prompt,
            Status = ChatStatus.InProgress,
            BackListStatus = BackListNotStarted,
            CreatedAt = at,
            UpdatedAt = at,
            Revision = 0,
        });
        chat._raised.Add(new ChatStarted(tenant, id, profile));
        return chat;
    }

    /// <summary>The chat as storage has it. Raises nothing.</summary>
    public static Chat Restore(ChatState state) => new(state);

    /// <summary>Stores the pipeline's answer.</summary>
    /// <exception cref="ChatTransitionRefusedException">The chat is not in progress.</exception>
    public void Complete(PipelineResult result, string backListStatus, DateTimeOffset at) =>
        Apply(
            ChatTransition.Complete,
            state => state with
            {
                Status = ChatStatus.Completed,
                Result = result,
                BackListStatus = backListStatus,
                UpdatedAt = NotBefore(state, at),
            },
            state => new ChatCompleted(state.Tenant, state.Id, state.Profile));

    /// <summary>Gives up on an answer.</summary>
    /// <param name="error">What went wrong, fit for an admin to read; must not be blank.</param>
    /// <exception cref="ChatTransitionRefusedException">The chat is not in progress.</exception>
    public void Fail(string error, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(error);
        Apply(
            ChatTransition.Fail,
            state => state with { Status = ChatStatus.Error, LastError = error, UpdatedAt = NotBefore(state, at) },
            state => new ChatFailed(state.Tenant, state.Id, state.Profile, state.LastError));
    }

    /// <summary>The shopper's DELETE. A chat with an answer or an error keeps its status; <c>updated_at</c> stays.</summary>
    /// <exception cref="ChatTransitionRefusedException">The chat has been ended before.</exception>
    public void End(DateTimeOffset at) =>
        Apply(
            ChatTransition.End,
            state => state with
            {
                Status = state.Status == ChatStatus.InProgress ? ChatStatus.Ended : state.Status,
                EndedAt = NotBefore(state, at),
            },
            state => new ChatEnded(state.Tenant, state.Id, state.Profile));

    /// <summary>The shopper reached the back list. Every accepted call raises an event.</summary>
    /// <param name="notificationItems">Replaces the stored items; null sends the stored ones.</param>
    /// <exception cref="ChatTransitionRefusedException">The chat has no result, or has been ended.</exception>
    public void TriggerBackList(RawJson? notificationItems, DateTimeOffset at) =>
        Apply(
            ChatTransition.TriggerBackList,
            state => state with
            {
                Result = state.Result! with { NotificationItems = notificationItems ?? state.Result.NotificationItems },
                UpdatedAt = NotBefore(state, at),
            },
            state => new BacklistTriggered(state.Tenant, state.Id, state.Profile, state.Result!.NotificationItems));

    private void Apply(ChatTransition transition, Func<ChatState, ChatState> change, Func<ChatState, IDomainEvent> raise)
    {
        if (!Allows(transition))
            throw new ChatTransitionRefusedException(transition, State.Status, IsEnded);

        State = change(State) with { Revision = State.Revision + 1 };
        _raised.Add(raise(State));
    }

    /// <summary>Another node's clock may be ahead of the one that says <paramref name="at"/>: no instant lies before those that the chat has.</summary>
    private static DateTimeOffset NotBefore(ChatState state, DateTimeOffset at)
    {
        var latest = state.UpdatedAt > state.CreatedAt ? state.UpdatedAt : state.CreatedAt;
        return at > latest ? at : latest;
    }

    private bool Allows(ChatTransition transition) => transition switch
    {
        ChatTransition.Complete or ChatTransition.Fail => State.Status == ChatStatus.InProgress,
        ChatTransition.End => !IsEnded,
        ChatTransition.TriggerBackList => State.Status == ChatStatus.Completed && !IsEnded,
        _ => false,
    };
}
