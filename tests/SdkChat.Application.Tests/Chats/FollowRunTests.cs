using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tests.Chats;

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
        _cases.Pipeline.Setup(pipeline => pipeline.StartAsync(It.IsAny<RunRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new RunReport.Running());

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
            runs => runs.NoteAsync(
                It.IsAny<TenantId>(), It.IsAny<ChatId>(), It.IsAny<DateTimeOffset?>(), It.IsAny<DateTimeOffset>(), It.IsAny<bool>(),
                It.IsAny<CancellationToken>()),
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
    public async Task Handle_NewRunOfATooLargeProfile_FailsAtOnce()
    {
        Pending(startedAt: null, isReadable: false);

        await FollowAsync();

        _chat.State.LastError.Should().Be("The stored profile document is larger than 256 KiB as JSON text, numbers written out.");
        _cases.Chats.Verify(chats => chats.SaveAsync(Tenant, _chat, null, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Test]
    public async Task Handle_RunThatCannotBeLookedUp_FailsAtItsTimeLimitAndNotBefore()
    {
        Unreadable(new InvalidOperationException("no valid code"), attempts: 1);
        var follow = FollowAsync;

        _cases.Clock.Advance(TimeSpan.FromSeconds(119));
        await follow.Should().ThrowAsync<InvalidOperationException>();
        _cases.Clock.Advance(TimeSpan.FromSeconds(1));
        await FollowAsync();

        _chat.State.LastError.Should().Be("The run could not be followed within 120 s.");
        _cases.Chats.Verify(chats => chats.SaveAsync(Tenant, _chat, null, It.IsAny<CancellationToken>()), Times.Once);
    }

    [TestCase(4, false)]
    [TestCase(5, true)]
    public async Task Handle_StorageThatIsAway_EndsALateChatOnlyTimeAfterTime(int attempts, bool ends)
    {
        Unreadable(new UnavailableException(new TimeoutException()), attempts);
        _cases.Clock.Advance(TimeSpan.FromSeconds(300));
        var follow = FollowAsync;

        if (ends)
            await FollowAsync();
        else
            await follow.Should().ThrowAsync<UnavailableException>();

        _chat.State.Status.Should().Be(ends ? ChatStatus.Error : ChatStatus.InProgress);
    }

    [Test]
    public async Task Handle_ResultThatCannotBeStored_FailsTheChatAtItsTimeLimit()
    {
        Pending(startedAt: _kickoff);
        Says(new RunReport.Completed(PipelineResult.None, null));
        _cases.Chats.SetupSequence(chats => chats.SaveAsync(Tenant, It.IsAny<Chat>(), null, It.IsAny<CancellationToken>()))
            .ThrowsAsync(new ArgumentException("half a surrogate pair")).ReturnsAsync(ChatWrite.Done);
        var stored = Chat.Restore(_chat.State);
        _cases.Runs.Setup(runs => runs.FindChatAsync(Tenant, Id, It.IsAny<CancellationToken>())).ReturnsAsync(new PendingChat(stored, 1));
        _cases.Clock.Advance(TimeSpan.FromSeconds(120));

        await FollowAsync();

        stored.State.Status.Should().Be(ChatStatus.Error);
    }

    [Test]
    public async Task Handle_RunThatIsOver_AsksNobody()
    {
        _cases.Runs.Setup(runs => runs.FindAsync(Tenant, Id, It.IsAny<CancellationToken>())).ReturnsAsync((PendingRun?)null);

        await FollowAsync();

        _cases.Pipeline.VerifyNoOtherCalls();
    }

    private void Pending(DateTimeOffset? startedAt, int attempts = 1, bool isReadable = true)
    {
        TenantCode.TryParse("demo", out var code).Should().BeTrue();
        var request = new RunRequest(new RunTicket(Id, _kickoff, "ja", "Dinner?"), code, _chat.State.Profile, RawJson.FromText("{}"));
        _cases.Runs.Setup(runs => runs.FindAsync(Tenant, Id, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new PendingRun(_chat, startedAt, attempts, request.Ticket, startedAt is null && isReadable ? request : null));
        _cases.Chats.Setup(chats => chats.SaveAsync(Tenant, _chat, null, It.IsAny<CancellationToken>())).ReturnsAsync(ChatWrite.Done);
    }

    private void Unreadable(Exception failure, int attempts)
    {
        _cases.Runs.Setup(runs => runs.FindAsync(Tenant, Id, It.IsAny<CancellationToken>())).ThrowsAsync(failure);
        _cases.Runs.Setup(runs => runs.FindChatAsync(Tenant, Id, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new PendingChat(_chat, attempts));
        _cases.Chats.Setup(chats => chats.SaveAsync(Tenant, _chat, null, It.IsAny<CancellationToken>())).ReturnsAsync(ChatWrite.Done);
    }

    private void Says(RunReport report) =>
        _cases.Pipeline.Setup(pipeline => pipeline.AskAsync(It.IsAny<RunTicket>(), It.IsAny<CancellationToken>())).ReturnsAsync(report);

    private Task FollowAsync() => _cases.SendAsync(new FollowRunCommand(Tenant, Id));

    private void VerifyNoted(DateTimeOffset? startedAt, DateTimeOffset dueAt, bool progressed) =>
        _cases.Runs.Verify(runs => runs.NoteAsync(Tenant, Id, startedAt, dueAt, progressed, It.IsAny<CancellationToken>()), Times.Once);
}
