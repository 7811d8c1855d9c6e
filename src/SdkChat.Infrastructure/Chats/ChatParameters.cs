using SdkChat.Domain.Chats;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Tracing;

namespace SdkChat.Infrastructure.Chats;

/// <summary>The parameters of <see cref="ChatWriteSql"/>.</summary>
internal sealed class ChatParameters(ChatState state, int storedRevision, IDomainEvent happened)
{
    public Guid Chat => state.Id.Value;

    public Guid Tenant => state.Tenant.Value;

    public Guid Profile => state.Profile.Value;

    public Guid? Session => state.Session?.Value;

    public string Prompt => state.Prompt;

    public string Status => ChatStatusNames.ToName(state.Status);

    public string BackListStatus => state.BackListStatus;

    public byte[]? Todos => state.Result?.Todos.Utf8.ToArray();

    public byte[]? RecommendedItems => state.Result?.RecommendedItems.Utf8.ToArray();

    public byte[]? NotificationItems => state.Result?.NotificationItems.Utf8.ToArray();

    public string? LastError => state.LastError;

    public DateTimeOffset CreatedAt => state.CreatedAt;

    public DateTimeOffset UpdatedAt => state.UpdatedAt;

    public DateTimeOffset? EndedAt => state.EndedAt;

    public int Revision => state.Revision;

    public int StoredRevision => storedRevision;

    public string Kind => ChatEventKinds.Get(happened);

    public byte[]? EventItems => ChatEventKinds.ItemsOf(happened)?.Utf8.ToArray();

    /// <summary>The instant of the event. All events but a chat's end also set its last change.</summary>
    public DateTimeOffset At => happened is ChatEnded ? state.EndedAt!.Value : state.UpdatedAt;

    /// <summary>The trace of this call, which the delivery of the event continues.</summary>
    public string? Traceparent { get; } = ServiceTrace.Current;
}
