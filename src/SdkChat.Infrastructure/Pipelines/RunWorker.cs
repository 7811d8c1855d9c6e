using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Chats;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Common;
using SdkChat.Infrastructure.Tracing;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>
/// Starts runs and finds their ends, on every node. It claims due runs when a kickoff of this node signals it, and every few seconds for
/// the runs that other or restarted nodes have left.
/// </summary>
internal sealed class RunWorker(
    IPendingRuns runs,
    RunSignal signal,
    IServiceScopeFactory scopes,
    IOptions<PipelineOptions> options,
    TimeProvider clock,
    ILogger<RunWorker> logger) : BackgroundWorker(logger)
{
    private readonly SemaphoreSlim _free = new(options.Value.MaxConcurrentRuns);

    protected override string Work => "Search for due pipeline runs";

    public override void Dispose()
    {
        _free.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = clock.CreateTimer(_ => signal.RunsDue(), null, TimeSpan.Zero, options.Value.SweepInterval);
        try
        {
            while (true)
            {
                await signal.WaitAsync(stoppingToken);
                await TryAsync(SweepAsync, stoppingToken);
            }
        }
        finally
        {
            // Runs in progress are cancelled by the stop. Another node claims them when their lease ends.
            for (var n = 0; n < options.Value.MaxConcurrentRuns; n++)
                await _free.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>Claims as many due runs as this node has free slots. A slot that becomes free triggers the next sweep.</summary>
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var max = _free.CurrentCount;
        if (max == 0)
            return;
        var now = clock.Now();
        foreach (var run in await runs.ClaimAsync(max, now, now + options.Value.Lease, cancellationToken))
        {
            await _free.WaitAsync(cancellationToken);
            _ = FollowAsync(run, cancellationToken);
        }
    }

    private async Task FollowAsync(ClaimedRun run, CancellationToken cancellationToken)
    {
        try
        {
            // A run that fails keeps its lease until that passes; then a node claims it again.
            await TryAsync($"Pipeline run {run.Chat.Value}", token => FollowOnceAsync(run, token), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The node is stopping.
        }
        finally
        {
            _free.Release();
            signal.RunsDue();
        }
    }

    private async Task FollowOnceAsync(ClaimedRun run, CancellationToken cancellationToken)
    {
        using var trace = ServiceTrace.Work("follow run");
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new FollowRunCommand(run.Tenant, run.Chat), cancellationToken);
    }
}
