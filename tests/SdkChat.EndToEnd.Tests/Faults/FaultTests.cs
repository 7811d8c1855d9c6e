using SdkChat.Faults;
using SdkChat.Faults.Load;
using SdkChat.Faults.Verdicts;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.Faults;

/// <summary>The short version of <c>./sdkchat faults</c>: three nodes with a relay, struck in the ways that say most.</summary>
[NonParallelizable]
public sealed class FaultTests
{
    private string _folder = null!;
    private FaultSuite _suite = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (!TestRedis.IsInstalled || Programs.Find("nginx") is null)
            Assert.Ignore("redis-server or nginx is not installed");

        _folder = TestFolders.Create();
        // Three of each would keep both cores busy, and the tests that run beside this one waiting.
        _suite = await FaultSuite.StartAsync("redis", factor: 0.25, _folder, shoppers: 1);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_suite is not null)
            await _suite.DisposeAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    [TestCase("kill")]
    [TestCase("crash")]
    [TestCase("redis")]
    [TestCase("write")]
    public async Task Fault_UnderLoad_LosesRepeatsAndMixesUpNothing(string fault)
    {
        var result = await _suite.JudgeAsync(Fault.All.Single(known => known.Name == fault));

        result.IsKept.Should().BeTrue($"{result with { Remarks = [] }} {string.Join("; ", result.Remarks)}");
    }

    [TearDown]
    public void Logs_OfTheNodes_TellNoSecret()
    {
        var lines = Directory.EnumerateFiles(_folder, "node*.log").SelectMany(File.ReadLines).ToArray();
        lines.Should().NotBeEmpty();
        LoggedSecrets.Find(lines).Should().BeEmpty();
    }

    /// <summary>The judge himself: a delivery that is missing, doubled, early or foreign must not pass.</summary>
    [Test]
    public void Verdict_OnAnythingWrong_SaysSo()
    {
        var (tenant, other, chat) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var start = DateTimeOffset.UnixEpoch;
        CommittedRow Row(long number, string write, Guid? of = null) =>
            new(
                number, of ?? tenant, chat, "backlist_triggered", System.Text.Encoding.UTF8.GetBytes($$"""[{"write":"{{write}}"}]"""),
                start.UtcDateTime.AddSeconds(number));
        CommittedRow[] rows = [Row(1, "a"), Row(2, "b"), Row(3, "c"), Row(4, "theirs", other)];
        StreamVerdict.Counts Judge(params int[] received)
        {
            var session = new WatcherSession(start);
            foreach (var index in received)
                session.Add(rows[index].Identity);
            return StreamVerdict.Create(rows, [(tenant, [session])], start);
        }

        Judge(0, 1, 2).Should().Be(new StreamVerdict.Counts(3, 0, 0, 0, 0, 1, 0));
        Judge(0, 2).Missing.Should().Be(1);
        Judge(0, 1, 1, 2).Duplicates.Should().Be(1);
        Judge(1, 0, 2).OutOfOrder.Should().Be(1);
        Judge(0, 1, 2, 3).Foreign.Should().Be(1);
    }
}
