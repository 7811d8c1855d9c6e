using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Pipelines;

/// <summary>
/// The runs without a known end, of all tenants, in storage: another node takes over the runs of a node that stopped. Adding a chat queues
/// its run, and a chat that leaves <c>in_progress</c> removes its run, each in the transaction that changes the chat
/// (<see cref="Chats.IChatRepository"/>).
/// </summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IPendingRuns
{
    /// <summary>Claims runs that are due, longest waiting first. No two nodes get the same run before its lease has ended.</summary>
    Task<IReadOnlyList<ClaimedRun>> ClaimAsync(
        int max, DateTimeOffset now, DateTimeOffset leasedUntil, CancellationToken cancellationToken);

    /// <summary>
    /// The run with its chat; null if its end is known. The profile's document is read only if the run has yet to be started.
    /// </summary>
    Task<PendingRun?> FindAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken);

    /// <summary>The run's chat, from its own row only: it can be read even if <see cref="FindAsync"/> fails.</summary>
    Task<PendingChat?> FindChatAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken);

    /// <summary>Stores the state of the run and when to claim it next. Does nothing if its end is known.</summary>
    /// <param name="startedAt">When the pipeline accepted it; null for a run that must be started (again).</param>
    /// <param name="progressed">Whether to reset the number of attempts.</param>
    Task NoteAsync(
        TenantId tenant, ChatId chat, DateTimeOffset? startedAt, DateTimeOffset dueAt, bool progressed,
        CancellationToken cancellationToken);
}

/// <summary>A run that this node has claimed until its lease ends.</summary>
public sealed record ClaimedRun(TenantId Tenant, ChatId Chat);

/// <summary>A run without a known end, with its chat as it is stored.</summary>
/// <param name="Chat">In progress.</param>
/// <param name="StartedAt">When the pipeline accepted the run; null until it has.</param>
/// <param name="Attempts">How often a node has claimed it since it last made progress; 1 the first time.</param>
/// <param name="Ticket">The data for asking for its state.</param>
/// <param name="Request">
/// The data for starting it; null if it has been started, or if the profile's document is too large to be sent.
/// </param>
public sealed record PendingRun(Chat Chat, DateTimeOffset? StartedAt, int Attempts, RunTicket Ticket, RunRequest? Request);

/// <summary>A chat whose run has no known end, without data of its profile.</summary>
/// <param name="Chat">In progress.</param>
/// <param name="Attempts">How often a node has claimed the run since it last made progress; 1 the first time.</param>
public sealed record PendingChat(Chat Chat, int Attempts);
