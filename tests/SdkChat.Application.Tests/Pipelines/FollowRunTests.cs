using SdkChat.Application.Chats;
using SdkChat.Application.Pipelines;
using SdkChat.Application.Pipelines.FollowRun;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tests.Pipelines;

public sealed class FollowRunTests
{
    private static readonly TenantId Tenant = new(Guid.CreateVersion7());
    private static readonly ChatId Id = new(Guid.CreateVersion7());

    private UseCases _cases = null!;
    private Chat _chat = null!;
    private DateTimeOffset _kickoff;

    [SetUp]
    public void SetUp()
    {
        _cases = new UseCases();
        _kickoff = _cases.Clock.Now();
        _chat = Chat.Start(Id, Tenant, new ProfileId(Guid.CreateVersion7()), null, "Dinner?", _kickoff);
        _chat = Chat.Restore(_chat.State);
    }

    [Test]
    public async Task Handle_NewRun_IsStartedAndLookedAfterLater()
    {
        Pending(startedAt: null);
        _cases.Pipeline.Setup(pipeline => pipeline.StartAsync(It.IsAny<RunRequest>(), It.IsAny<CancellationToken>())).ReturnsAsync(new RunReport.Running());

        await FollowAsync();

        VerifyNoted(_kickoff, _kickoff.AddSeconds(5), progressed: true);
    }

    [Test]
    public async Task Handle_StartedRun_KeepsItsStart()
    {
        Pending(startedAt: _kickoff);
        Says(new RunReport.Running());
        _cases.Clock.Advance(TimeSpan.FromSeconds(30));

        await FollowAsync();

        VerifyNoted(_kickoff, _kickoff.AddSeconds(35), progressed: true);
    }

    [Test]
    public async Task Handle_RunShortOfItsTimeLimit_IsLookedAfterAtTheLimit()
    {
        Pending(startedAt: _kickoff);
        Says(new RunReport.Running());
        _cases.Clock.Advance(TimeSpan.FromSeconds(118));

        await FollowAsync();

        VerifyNoted(_kickoff, _kickoff.AddSeconds(120), progressed: true);
    }

    [Test]
    public async Task Handle_RunThePipelineLost_WillBeStartedAgain()
    {
        Pending(startedAt: _kickoff);
        Says(new RunReport.Unknown());

        await FollowAsync();

        VerifyNoted(startedAt: null, _kickoff.AddSeconds(1), progressed: false);
    }

    [TestCase(1, 0.75, 1.25)]
    [TestCase(2, 1.5, 2.5)]
    [TestCase(3, 3, 5)]
    [TestCase(40, 3.75, 6.25)]
    public async Task Handle_NoAnswer_BacksOff(int attempts, double atLeast, double atMost)
    {
        Pending(startedAt: _kickoff, attempts);
        Says(new RunReport.NoAnswer("away"));

        await FollowAsync();

        _cases.Runs.Verify(runs => runs.NoteAsync(
            Tenant, Id, _kickoff,
            It.Is<DateTimeOffset>(due => due >= _kickoff.AddSeconds(atLeast) && due <= _kickoff.AddSeconds(atMost)),
            false, It.IsAny<CancellationToken>()));
    }

    [Test]
    public async Task Handle_CompletedRun_SettlesTheChat()
    {
        Pending(startedAt: _kickoff);
        Says(new RunReport.Completed(PipelineResult.None, null));

        await FollowAsync();

        _cases.Chats.Verify(chats => chats.SaveAsync(Tenant, _chat, null, It.IsAny<CancellationToken>()), Times.Once);
        _chat.State.Status.Should().Be(ChatStatus.Completed);
        _chat.State.BackListStatus.Should().Be("not_started", "the pipeline said nothing of it");
        _cases.Runs.Verify(
            runs => runs.NoteAsync(It.IsAny<TenantId>(), It.IsAny<ChatId>(), It.IsAny<DateTimeOffset?>(), It.IsAny<DateTimeOffset>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()),
            Times.Never);
    }

    [Test]
    public async Task Handle_RunAtItsTimeLimit_Fails()
    {
        Pending(startedAt: _kickoff);
        Says(new RunReport.Running());
        _cases.Clock.Advance(TimeSpan.FromSeconds(120));

        await FollowAsync();

        _chat.State.LastError.Should().Be("The pipeline did not finish within 120 s.");
    }

    [Test]
    public async Task Handle_ResultThatComesTooLateButComes_IsTaken()
    {
        Pending(startedAt: _kickoff);
        Says(new RunReport.Completed(PipelineResult.None, "completed"));
        _cases.Clock.Advance(TimeSpan.FromSeconds(300));

        await FollowAsync();

        _chat.State.Status.Should().Be(ChatStatus.Completed);
    }

    [Test]
    public async Task Handle_RunThatIsOver_AsksNobody()
    {
        _cases.Runs.Setup(runs => runs.FindAsync(Tenant, Id, It.IsAny<CancellationToken>())).ReturnsAsync((PendingRun?)null);

        await FollowAsync();

        _cases.Pipeline.VerifyNoOtherCalls();
    }

    private void Pending(DateTimeOffset? startedAt, int attempts = 1)
    {
        TenantCode.TryParse("demo", out var code).Should().BeTrue();
        var request = new RunRequest(new RunTicket(Id, _kickoff, "ja"), code, _chat.State.Profile, RawJson.FromText("{}"), "Dinner?");
        _cases.Runs.Setup(runs => runs.FindAsync(Tenant, Id, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new PendingRun(_chat, startedAt, attempts, request));
        _cases.Chats.Setup(chats => chats.SaveAsync(Tenant, _chat, null, It.IsAny<CancellationToken>())).ReturnsAsync(ChatWrite.Done);
    }

    private void Says(RunReport report) =>
        _cases.Pipeline.Setup(pipeline => pipeline.AskAsync(It.IsAny<RunTicket>(), It.IsAny<CancellationToken>())).ReturnsAsync(report);

    private Task FollowAsync() => _cases.SendAsync(new FollowRunCommand(Tenant, Id));

    private void VerifyNoted(DateTimeOffset? startedAt, DateTimeOffset dueAt, bool progressed) =>
        _cases.Runs.Verify(runs => runs.NoteAsync(Tenant, Id, startedAt, dueAt, progressed, It.IsAny<CancellationToken>()), Times.Once);
}
