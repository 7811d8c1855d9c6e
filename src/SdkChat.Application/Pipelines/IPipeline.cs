namespace SdkChat.Application.Pipelines;

/// <summary>
/// The service that writes recommendations. Late, wrong or missing responses are not exceptions but values of <see cref="RunReport"/>. Both
/// calls end within the adapter's own time-outs.
/// </summary>
public interface IPipeline
{
    /// <summary>
    /// Starts a run. Starting the same run again changes nothing, so a caller that does not know the outcome may repeat the call.
    /// </summary>
    /// <returns>
    /// <see cref="RunReport.Running"/> if the pipeline has accepted it, <see cref="RunReport.Failed"/> if it refuses it permanently, or
    /// <see cref="RunReport.NoAnswer"/>.
    /// </returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<RunReport> StartAsync(RunRequest request, CancellationToken cancellationToken);

    /// <summary>Returns the state of a run.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<RunReport> AskAsync(RunTicket ticket, CancellationToken cancellationToken);
}
