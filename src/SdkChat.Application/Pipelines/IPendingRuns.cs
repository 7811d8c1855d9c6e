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
    Task<IReadOnlyList<ClaimedRun>> ClaimAsync(int max, DateTimeOffset now, DateTimeOffset leasedUntil, CancellationToken cancellationToken);

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
        TenantId tenant, ChatId chat, DateTimeOffset? startedAt, DateTimeOffset dueAt, bool progressed, CancellationToken cancellationToken);
}
