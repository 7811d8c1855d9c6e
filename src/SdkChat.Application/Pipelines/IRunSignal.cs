namespace SdkChat.Application.Pipelines;

/// <summary>Wakes whoever looks after runs on this node.</summary>
public interface IRunSignal
{
    /// <summary>A run is due. Returns at once; a call that is lost costs at most the sweep's interval.</summary>
    void RunsDue();
}
