using SdkChat.Contract.Engine;
using SdkChat.Contract.Mutants;

namespace SdkChat.Contract.Tests.Mutants;

/// <summary>The proof that the suite can fail: each way to break the service is caught, by the rule that it breaks.</summary>
public sealed class MutantTests
{
    private static IEnumerable<TestCaseData> Mutants =>
        Mutant.All.Select(mutant => new TestCaseData(mutant.Name).SetArgDisplayNames(mutant.Name));

    [TestCaseSource(nameof(Mutants))]
    public async Task Service_Broken_IsCaughtByTheRule(string name)
    {
        var mutant = Mutant.All.Single(candidate => candidate.Name == name);
        await using var proxy = await MutatingProxy.StartAsync(TestStand.Api.BaseAddress, mutant);

        var outcome = (await TestStand.CheckAsync(TestStand.Means with { Service = proxy.Address }, mutant.Rule)).Single();

        outcome.Verdict.Should().Be(Verdict.Broken, outcome.Reason);
        var told = $"{outcome.Broken!.Message} {outcome.Broken.Request}";
        await TestContext.Out.WriteLineAsync(told);
        told.Should().NotContainAny(
            TestStand.Means.Tenant!.Value, TestStand.Means.Admin!.Value, TestStand.Means.Key!.Value, TestStand.Means.OtherTenant!.Value);
        outcome.Broken.Expected.Should().NotBe("an answer that can be read", outcome.Broken.Came);
    }

    [Test]
    public async Task Service_PingingEvery30Seconds_IsCaught()
    {
        await using var node = await TestStand.StartNodeAsync(("Live:PingSeconds", "30"));

        var outcome = (await TestStand.CheckAsync(TestStand.Means with { Service = node.BaseAddress }, "6.ping")).Single();

        outcome.Verdict.Should().Be(Verdict.Broken);
        outcome.Broken!.Expected.Should().StartWith("the first ping 25 s");
    }

    [Test]
    public void Rules_All_HaveAMutant()
    {
        Mutant.All.Select(mutant => mutant.Name).Should().OnlyHaveUniqueItems().And.HaveCountGreaterThan(140);
        Mutant.All.Select(mutant => mutant.Rule).Distinct()
            .Should().BeEquivalentTo(Rule.All.Select(rule => rule.Id), "a rule that was never seen to fail proves nothing");
    }
}
