namespace SdkChat.Application.Pipelines;

/// <summary>Wakes the worker that follows runs on this node.</summary>
public interface IRunSignal
{
    /// <summary>Signals that a run is due. Returns at once. If a signal is lost, the run starts at the next sweep.</summary>
    void RunsDue();
}
