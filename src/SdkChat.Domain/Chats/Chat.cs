using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>
/// A shopper's question and its outcome. Every change goes through <see cref="Apply"/>, which checks the lifecycle, sets the new state and
/// raises the event.
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

    /// <summary>The current values.</summary>
    public ChatState State { get; private set; }

    /// <summary>The revision of the stored row that the changes are based on. 0 for a new chat, which has no row yet.</summary>
    public int StoredRevision { get; }

    /// <summary>The events raised since the chat was started or restored, oldest first.</summary>
    public IReadOnlyList<IDomainEvent> Raised => _raised;

    public bool IsEnded => State.EndedAt is not null;

    /// <summary>Starts a chat (kickoff): in progress, without a result.</summary>
    /// <param name="prompt">As the shopper wrote it, trimmed; 1 to 4,000 characters. The caller has validated it.</param>
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

    /// <summary>Restores a chat from its stored values. Raises no event.</summary>
    public static Chat Restore(ChatState state) => new(state);

    /// <summary>Stores the pipeline's result.</summary>
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

    /// <summary>Marks the chat as failed.</summary>
    /// <param name="error">What failed, readable for an admin; must not be blank.</param>
    /// <exception cref="ChatTransitionRefusedException">The chat is not in progress.</exception>
    public void Fail(string error, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(error);
        Apply(
            ChatTransition.Fail,
            state => state with { Status = ChatStatus.Error, LastError = error, UpdatedAt = NotBefore(state, at) },
            state => new ChatFailed(state.Tenant, state.Id, state.Profile, state.LastError));
    }

    /// <summary>
    /// Ends the chat on the shopper's DELETE. A completed or failed chat keeps its status; <c>updated_at</c> does not change.
    /// </summary>
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

    /// <summary>Records that the shopper reached the back list. Every accepted call raises an event.</summary>
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

    /// <summary>
    /// Returns an instant that is not before any of the chat's instants: the clock of another node may be ahead of <paramref name="at"/>.
    /// </summary>
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
