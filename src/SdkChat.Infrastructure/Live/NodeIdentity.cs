namespace SdkChat.Infrastructure.Live;

/// <summary>Tells this node's own notifications from those of others.</summary>
internal sealed class NodeIdentity
{
    public string Value { get; } = Guid.CreateVersion7().ToString("N");
}
