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
            var ticket = new RunTicket(new ChatId(Guid.CreateVersion7()), Kickoff, "ko");

            (await AskAsync(ticket, TimeSpan.FromMilliseconds(999))).Should().BeOfType<RunReport.Running>();
            (await AskAsync(ticket, TimeSpan.FromSeconds(2))).Should().BeOfType<RunReport.Completed>();
        }
    }

    [Test]
    public async Task Ask_OnAnotherNodeLater_SaysTheSameToTheByte()
    {
        var ticket = new RunTicket(new ChatId(Guid.CreateVersion7()), Kickoff, "ja");

        (await AskAsync(ticket, TimeSpan.FromDays(3))).Should().Be(await AskAsync(ticket, TimeSpan.FromSeconds(2)));
    }

    private static Task<RunReport> AskAsync(RunTicket ticket, TimeSpan after) =>
        new DemoPipeline(new FakeTimeProvider(Kickoff + after)).AskAsync(ticket, CancellationToken.None);
}
