namespace SdkChat.Application.Pipelines;

/// <summary>
/// The service that writes recommendations. It answers late, wrongly or not at all, and none of that is an exception
/// here: see <see cref="RunReport"/>. Both calls end within the adapter's own time-outs.
/// </summary>
public interface IPipeline
{
    /// <summary>Starts a run. Starting the same run again changes nothing, so whoever is not sure just does.</summary>
    /// <returns><see cref="RunReport.Running"/> once the pipeline has accepted it, <see cref="RunReport.Failed"/> when it refuses it for good, or <see cref="RunReport.NoAnswer"/>.</returns>
    /// <exception cref="OperationCanceledException">The caller would not wait any longer.</exception>
    Task<RunReport> StartAsync(RunRequest request, CancellationToken cancellationToken);

    /// <summary>Asks how a run is doing.</summary>
    /// <exception cref="OperationCanceledException">The caller would not wait any longer.</exception>
    Task<RunReport> AskAsync(RunTicket ticket, CancellationToken cancellationToken);
}
