namespace SdkChat.Contract.Engine;

/// <summary>Checks rules side by side: those that mostly wait from the first moment on, the others a few at a time.</summary>
internal sealed class Runner(Service service, IReadOnlyList<Rule> rules, bool isFast)
{
    private const int AtOnce = 6;

    /// <summary>The longest wait is for a run that takes its whole time limit.</summary>
    private static readonly TimeSpan LongestRule = TimeSpan.FromMinutes(3);

    private readonly Lock _gate = new();
    private readonly HashSet<Rule> _running = [];
    private readonly List<Outcome> _done = [];

    /// <summary>Called at every start and end of a rule, from any thread, one at a time.</summary>
    public Action<IReadOnlyCollection<Rule>, IReadOnlyCollection<Outcome>>? OnProgress { get; init; }

    public async Task<IReadOnlyList<Outcome>> RunAsync()
    {
        using var turn = new SemaphoreSlim(AtOnce);
        var outcomes = await Task.WhenAll(rules.OrderByDescending(rule => rule.IsLong).Select(rule => OneAsync(rule, turn)));
        return [.. rules.Select(rule => outcomes.Single(outcome => outcome.Rule == rule))];
    }

    private async Task<Outcome> OneAsync(Rule rule, SemaphoreSlim turn)
    {
        if (!rule.IsLong)
            await turn.WaitAsync();
        try
        {
            Change(() => _running.Add(rule));
            var outcome = await JudgeAsync(rule);
            Change(() =>
            {
                _running.Remove(rule);
                _done.Add(outcome);
            });
            return outcome;
        }
        finally
        {
            if (!rule.IsLong)
                turn.Release();
        }
    }

    private async Task<Outcome> JudgeAsync(Rule rule)
    {
        if (rule.IsLong && isFast)
            return new Outcome(rule, Verdict.Skipped, TimeSpan.Zero, "it takes long: --fast");
        if (rule.Needs.Missing(service.Means) is { } missing)
            return new Outcome(rule, Verdict.Skipped, TimeSpan.Zero, "needs " + missing);

        var started = TimeProvider.System.GetTimestamp();
        TimeSpan Took() => TimeProvider.System.GetElapsedTime(started);
        try
        {
            await rule.CheckAsync(service).WaitAsync(LongestRule);
            return new Outcome(rule, Verdict.Kept, Took());
        }
        catch (CannotTellException exception)
        {
            return new Outcome(rule, Verdict.Skipped, Took(), exception.Message);
        }
        catch (TimeoutException)
        {
            return new Outcome(
                rule, Verdict.Broken, Took(),
                Broken: new RuleBrokenException($"answers within {LongestRule.TotalMinutes:F0} minutes", "none"));
        }
        catch (RuleBrokenException exception)
        {
            return new Outcome(rule, Verdict.Broken, Took(), Broken: Tellable(exception));
        }
        catch (Exception exception)
        {
            // An answer of quite another shape, or none at all: a rule that could not be checked to its end is not kept.
            return new Outcome(
                rule, Verdict.Broken, Took(),
                Broken: Tellable(new RuleBrokenException(
                    "an answer that can be read", $"{exception.GetType().Name}: {exception.Message}")));
        }
    }

    /// <summary>Whatever a service sends back, a report shows no credential.</summary>
    private RuleBrokenException Tellable(RuleBrokenException broken) =>
        new(
            service.Means.Hide(broken.Expected), service.Means.Hide(broken.Came),
            broken.Request is null ? null : service.Means.Hide(broken.Request));

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            OnProgress?.Invoke(_running, _done);
        }
    }
}
