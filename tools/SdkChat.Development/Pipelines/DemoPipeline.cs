using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Infrastructure.Pipelines;

namespace SdkChat.Development.Pipelines;

/// <summary>
/// Replaces the pipeline outside Production. It has no state: its responses depend only on the run's id, its kickoff, its prompt and the
/// profile's locale, so every node, restarted or not, returns the same.
/// </summary>
internal sealed class DemoPipeline(TimeProvider clock) : ISubstitutePipeline
{
    private const string BackListStatus = "completed";

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    public Task<RunReport> StartAsync(RunRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<RunReport>(new RunReport.Running());

    public Task<RunReport> AskAsync(RunTicket ticket, CancellationToken cancellationToken)
    {
        var scenario = DemoScenario.Parse(ticket.Prompt);
        return Task.FromResult(clock.GetUtcNow() < ticket.KickedOffAt + (scenario.Takes ?? Takes(ticket.Run))
            ? new RunReport.Running()
            : Report(scenario.Outcome, ticket));
    }

    /// <summary>From one second to two.</summary>
    internal static TimeSpan Takes(ChatId run) => Shortest + TimeSpan.FromMilliseconds(SplitMix.For(run.Value).Below(1000));

    private static RunReport Report(DemoOutcome outcome, RunTicket ticket) => outcome switch
    {
        DemoOutcome.Error => new RunReport.Failed("The demo pipeline failed the run, as the prompt asked."),
        DemoOutcome.Timeout => new RunReport.Running(),
        DemoOutcome.Empty => Completed(PipelineResult.None),
        DemoOutcome.Odd => Completed(ScenarioResults.Odd),
        DemoOutcome.Large => Completed(ScenarioResults.Large(ticket.Run.Value, ticket.Locale)),
        _ => Completed(DemoRecommendation.Create(ticket.Run.Value, ticket.Locale)),
    };

    private static RunReport.Completed Completed(PipelineResult result) => new(result, BackListStatus);
}
