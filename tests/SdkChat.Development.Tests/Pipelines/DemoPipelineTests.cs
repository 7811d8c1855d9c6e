using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Pipelines;
using SdkChat.Development.Pipelines;
using SdkChat.Domain.Chats;

namespace SdkChat.Development.Tests.Pipelines;

public sealed class DemoPipelineTests
{
    private static readonly DateTimeOffset Kickoff = new(2026, 4, 23, 5, 28, 8, TimeSpan.Zero);

    [Test]
    public async Task Ask_AnyRun_IsDoneBetweenOneAndTwoSecondsAfterItsKickoff()
    {
        for (var n = 0; n < 200; n++)
        {
            var ticket = Ticket("Dinner?", "ko");

            (await AskAsync(ticket, TimeSpan.FromMilliseconds(999))).Should().BeOfType<RunReport.Running>();
            (await AskAsync(ticket, TimeSpan.FromSeconds(2))).Should().BeOfType<RunReport.Completed>();
        }
    }

    [Test]
    public async Task Ask_OnAnotherNodeLater_SaysTheSameToTheByte()
    {
        var ticket = Ticket("Dinner?", "ja");

        (await AskAsync(ticket, TimeSpan.FromDays(3))).Should().Be(await AskAsync(ticket, TimeSpan.FromSeconds(2)));
    }

    [TestCase("[[slow 5s]] Dinner?", 5)]
    [TestCase("[[slow 60s]]", 60)]
    public async Task Ask_SlowRun_IsDoneAfterItsTime(string prompt, int seconds)
    {
        var ticket = Ticket(prompt);

        (await AskAsync(ticket, TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1))).Should().BeOfType<RunReport.Running>();
        (await AskAsync(ticket, TimeSpan.FromSeconds(seconds))).Should().BeOfType<RunReport.Completed>();
    }

    [Test]
    public async Task Ask_RunThatTimesOut_IsNeverDone() =>
        (await AskAsync(Ticket("[[timeout]]"), TimeSpan.FromDays(1))).Should().BeOfType<RunReport.Running>();

    [TestCase("[[slow 61s]]")]
    [TestCase("[[slow 5]]")]
    [TestCase("[[slow -1s]]")]
    [TestCase("[[slow ٥s]]")]
    [TestCase("[[Error]]")]
    [TestCase("[[ordinary]]")]
    [TestCase("[[error")]
    [TestCase("Dinner? [[error]]")]
    [TestCase("")]
    public async Task Ask_UnknownMarker_IsAnOrdinaryPrompt(string prompt)
    {
        var ticket = Ticket("Dinner?");

        (await AskAsync(ticket with { Prompt = prompt }, TimeSpan.FromSeconds(2)))
            .Should().Be(await AskAsync(ticket, TimeSpan.FromSeconds(2)));
    }

    /// <summary>Large, and within the 1 MiB of which the contract speaks, whatever the language.</summary>
    [Test]
    public async Task Ask_LargeRun_IsCloseToTheLimit([Values("ko", "en", "ja")] string locale)
    {
        var report = (RunReport.Completed)await AskAsync(Ticket("[[large]]", locale), TimeSpan.FromSeconds(2));

        var result = report.Result;
        (result.Todos.Utf8.Length + result.RecommendedItems.Utf8.Length + result.NotificationItems.Utf8.Length)
            .Should().BeInRange(500_000, 1_000_000);
    }

    private static RunTicket Ticket(string prompt, string? locale = null) =>
        new(new ChatId(Guid.CreateVersion7()), Kickoff, locale, prompt);

    private static Task<RunReport> AskAsync(RunTicket ticket, TimeSpan after) =>
        new DemoPipeline(new FakeTimeProvider(Kickoff + after)).AskAsync(ticket, CancellationToken.None);
}
