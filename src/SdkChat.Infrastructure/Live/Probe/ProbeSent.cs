using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Probe;

/// <summary>A node has sent a probe through the feed. It takes the form of an event, because it must travel as one.</summary>
/// <param name="Chat">No chat: the node that sent it (<see cref="Nodes.ThisNode"/>).</param>
/// <param name="Profile">No profile: which of the node's probes it is.</param>
internal sealed record ProbeSent(ChatId Chat, ProfileId Profile) : IDomainEvent
{
    /// <summary>Nobody's: the nil UUID, which no tenant has. No credential can be of it, so no reader's stream is.</summary>
    public static readonly TenantId Nobody = new(Guid.Empty);

    public TenantId Tenant => Nobody;
}
