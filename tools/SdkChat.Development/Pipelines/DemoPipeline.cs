using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Infrastructure.Pipelines;

namespace SdkChat.Development.Pipelines;

/// <summary>
/// Stands in for the pipeline outside Production. It remembers nothing: what it says is a function of the run's id, its
/// kickoff and the profile's locale, so any node, restarted or not, says the same.
/// </summary>
internal sealed class DemoPipeline(TimeProvider clock) : ISubstitutePipeline
{
    private const string BackListStatus = "completed";

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    public Task<RunReport> StartAsync(RunRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<RunReport>(new RunReport.Running());

    public Task<RunReport> AskAsync(RunTicket ticket, CancellationToken cancellationToken)
    {
        RunReport report = clock.GetUtcNow() < ticket.KickedOffAt + Takes(ticket.Run)
            ? new RunReport.Running()
            : new RunReport.Completed(DemoRecommendation.Create(ticket.Run.Value, ticket.Locale), BackListStatus);
        return Task.FromResult(report);
    }

    /// <summary>From one second up to two.</summary>
    internal static TimeSpan Takes(ChatId run) => Shortest + TimeSpan.FromMilliseconds(SplitMix.For(run.Value).Below(1000));
}
