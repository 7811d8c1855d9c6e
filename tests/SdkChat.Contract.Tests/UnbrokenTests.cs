using SdkChat.Contract.Engine;
using SdkChat.Contract.Mutants;

namespace SdkChat.Contract.Tests;

/// <summary>The service as it is keeps every rule, and no rule goes unchecked.</summary>
public sealed class UnbrokenTests
{
    [Test]
    public async Task Service_GivenEverything_KeepsEveryRuleAndSkipsNone()
    {
        var outcomes = await TestStand.CheckOnABusyMachineAsync(TestStand.Means);

        TestStand.Describe(outcomes).Should().BeEmpty();
        outcomes.Should().HaveCount(Rule.All.Count).And.HaveCountGreaterThan(90);
    }

    /// <summary>What the mutants are caught at is theirs, not the proxy's.</summary>
    [Test]
    public async Task Service_BehindAProxyThatChangesNothing_KeepsTheRulesThatCatchMutants()
    {
        await using var proxy = await MutatingProxy.StartAsync(TestStand.Api.BaseAddress, new Mutant("nothing", ""));
        var rules = Mutant.All.Select(mutant => mutant.Rule).Distinct().Where(id => !Rule.All.Single(rule => rule.Id == id).IsLong);

        var outcomes = await TestStand.CheckOnABusyMachineAsync(TestStand.Means with { Service = proxy.Address }, [.. rules]);

        TestStand.Describe(outcomes).Should().BeEmpty();
    }

    /// <summary>Rules that are checked again are broken all the same where the service does not keep them.</summary>
    [Test]
    public async Task Service_ThatTakesTooLongEachTime_IsStillFound()
    {
        var asks = 0;
        var late = new Mutant("late", "")
        {
            Reply = reply =>
            {
                Interlocked.Increment(ref asks);
                (reply.Status, reply.Body) = (200, """{"success":true,"data":{"items":[],"total":0,"page":0,"size":20}}""");
            },
        };
        await using var proxy = await MutatingProxy.StartAsync(TestStand.Api.BaseAddress, late);

        var outcome = (await TestStand.CheckOnABusyMachineAsync(TestStand.Means with { Service = proxy.Address }, "1.clock-skew")).Single();

        outcome.Verdict.Should().Be(Verdict.Broken);
        asks.Should().BeGreaterThanOrEqualTo(3, "it was checked three times");
    }

    [Test]
    public async Task Service_ThatAsksToComeAgainLater_IsAskedAgain()
    {
        var answers = 0;
        var busy = new Mutant("busy", "")
        {
            Reply = reply =>
            {
                if (Interlocked.Increment(ref answers) > 1)
                    return;
                (reply.Status, reply.Headers["Retry-After"], reply.Body) = (
                    429, "0", """{"success":false,"code":"RATE_LIMITED","message":"Later."}""");
            },
        };
        await using var proxy = await MutatingProxy.StartAsync(TestStand.Api.BaseAddress, busy);

        (await TestStand.CheckAsync(TestStand.Means with { Service = proxy.Address }, "2.success")).Single()
            .Verdict.Should().Be(Verdict.Kept);
        answers.Should().Be(2);
    }

    [Test]
    public async Task Service_MayNotBeWrittenTo_IsReadAndTheRestIsSkippedWithAReason()
    {
        var outcomes = await TestStand.CheckAsync(
            TestStand.Means with { AllowsWrites = false, Operator = null, OtherKey = null, AllowedOrigin = null, TenantForge = null }, "1",
            "2", "3", "4", "5");

        outcomes.Where(outcome => outcome.Verdict == Verdict.Broken).Should().BeEmpty(TestStand.Describe(outcomes));
        outcomes.Where(outcome => outcome.Verdict == Verdict.Skipped)
            .Should().OnlyContain(outcome => !string.IsNullOrEmpty(outcome.Reason));
        Reason("5.kickoff").Should().Contain("--allow-writes");
        Reason("1.cors-allowed").Should().Contain("--allowed-origin");
        Reason("1.exp-required").Should().Contain("--tenant-secret");
        Reason("1.disabled-in-5-s").Should().Contain("--operator");

        string? Reason(string rule) => outcomes.Single(outcome => outcome.Rule.Id == rule).Reason;
    }
}
