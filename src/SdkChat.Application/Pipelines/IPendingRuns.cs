using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Pipelines;

/// <summary>
/// The runs that somebody must look after, over all tenants, in storage: what a node that died has left is found by the
/// others. Adding a chat queues its run, and a chat that leaves <c>in_progress</c> takes its run out, each in the transaction
/// that changes the chat (<see cref="Chats.IChatRepository"/>).
/// </summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IPendingRuns
{
    /// <summary>Takes on runs that are due, longest waiting first. No two nodes get the same one until its lease has passed.</summary>
    Task<IReadOnlyList<ClaimedRun>> ClaimAsync(int max, DateTimeOffset now, DateTimeOffset leasedUntil, CancellationToken cancellationToken);

    /// <summary>The run with its chat; null when its end has been found. The profile's document is read only for a run that is still to be started.</summary>
    Task<PendingRun?> FindAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken);

    /// <summary>The run's chat, from its own row alone: what can still be read when <see cref="FindAsync"/> fails.</summary>
    Task<PendingChat?> FindChatAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken);

    /// <summary>Notes how the run stands, and when to look after it again. Does nothing when its end has been found.</summary>
    /// <param name="startedAt">When the pipeline accepted it; null for a run that has (again) to be started.</param>
    /// <param name="progressed">Whether to count attempts anew.</param>
    Task NoteAsync(
        TenantId tenant, ChatId chat, DateTimeOffset? startedAt, DateTimeOffset dueAt, bool progressed, CancellationToken cancellationToken);
}
