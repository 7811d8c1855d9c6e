namespace SdkChat.Infrastructure.Live;

/// <summary>Publishes delivery probes to this node's own stream, on the path of events.</summary>
internal interface IProbeChannel
{
    void Publish(ProbeMessage probe);
}
