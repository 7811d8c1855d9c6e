using SdkChat.Application.Chats;
using SdkChat.Application.Chats.Idempotency;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Pipelines;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tests.Chats;

/// <summary>What a shopper's calls decide, above all where another call is faster.</summary>
public sealed class ShopperChatTests
{
    private static readonly TenantId Tenant = new(Guid.CreateVersion7());
    private static readonly ProfileId Profile = new(Guid.CreateVersion7());
    private static readonly ChatId Id = new(Guid.CreateVersion7());

    private UseCases _cases = null!;

    private ChatState InProgress => Chat.Start(Id, Tenant, Profile, null, "Dinner?", _cases.Clock.Now()).State;

    private ChatState Completed => InProgress with { Status = ChatStatus.Completed, Result = PipelineResult.None, Revision = 1 };

    [SetUp]
    public void SetUp() => _cases = new UseCases();

    [Test]
    public async Task Start_Stored_WakesTheWorkerAfterTheCommit()
    {
        var steps = new List<string>();
        Visiting();
        _cases.Chats.Setup(chats => chats.AddAsync(Tenant, It.IsAny<Chat>(), null, It.IsAny<CancellationToken>()))
            .Callback(() => steps.Add("commit")).ReturnsAsync(ChatWrite.Done);
        _cases.Signal.Setup(signal => signal.RunsDue()).Callback(() => steps.Add("signal"));

        await _cases.SendAsync(new StartChatCommand(Tenant, Profile, "Dinner?", null));

        steps.Should().Equal("commit", "signal");
    }

    [Test]
    public async Task Start_WishCarriedOutMeanwhile_GetsThatAnswer()
    {
        Visiting();
        IdempotentRequest? sent = null;
        _cases.Chats.Setup(chats => chats.AddAsync(Tenant, It.IsAny<Chat>(), It.IsAny<IdempotentRequest>(), It.IsAny<CancellationToken>()))
            .Callback((TenantId _, Chat _, IdempotentRequest? request, CancellationToken _) => sent = request)
            .ReturnsAsync(ChatWrite.AlreadyProcessed);
        _cases.Idempotency.Setup(store => store.FindAsync(Tenant, "key", It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => sent is null ? null : new IdempotencyRecord(sent.Fingerprint, Id, "not_started", null));

        var started = await _cases.SendAsync(new StartChatCommand(Tenant, Profile, "Dinner?", "key"));

        started.Chat.Should().Be(Id);
        _cases.Signal.Verify(signal => signal.RunsDue(), Times.Never);
    }

    [Test]
    public async Task Poll_AnotherWasFaster_ShowsWhatThatOneStored()
    {
        Finds(
            Lookup(InProgress, running: true),
            Lookup(InProgress with { Status = ChatStatus.Error, LastError = "Out of stock.", Revision = 1 }));
        Pipeline(new RunReport.Completed(PipelineResult.None, null));
        Saves(ChatWrite.Conflict);

        (await _cases.SendAsync(new PollChatCommand(Tenant, Profile, Id))).Chat!.LastError.Should().Be("Out of stock.");
    }

    [Test]
    public async Task Poll_PipelineThatTakesTooLong_AnswersTheStoredRow()
    {
        Finds(Lookup(InProgress, running: true));
        _cases.Pipeline.Setup(pipeline => pipeline.AskAsync(It.IsAny<RunTicket>(), It.IsAny<CancellationToken>()))
            .Returns(async (RunTicket _, CancellationToken patience) =>
            {
                var never = new TaskCompletionSource<RunReport>();
                await using var registration = patience.Register(() => never.SetCanceled(patience));
                _cases.Clock.Advance(_cases.Policy.PollTimeout);
                return await never.Task;
            });

        (await _cases.SendAsync(new PollChatCommand(Tenant, Profile, Id))).Chat!.Status.Should().Be(ChatStatus.InProgress);
    }

    [Test]
    public async Task Poll_ChatWithoutARun_AsksNobody()
    {
        Finds(Lookup(InProgress));

        await _cases.SendAsync(new PollChatCommand(Tenant, Profile, Id));

        _cases.Pipeline.VerifyNoOtherCalls();
    }

    [Test]
    public async Task Poll_FinishedChatThatTheCallerHas_ReadsNothingElse()
    {
        _cases.Chats.Setup(chats => chats.FindChangedAsync(Tenant, Profile, Id, Completed.Version, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ChatLookup(ProfileExists: true, Chat: null, Run: null, IsKnown: true));

        (await _cases.SendAsync(new PollChatCommand(Tenant, Profile, Id, Completed.Version))).Chat.Should().BeNull();

        _cases.Chats.Invocations.Should().ContainSingle();
    }

    [Test]
    public async Task End_AnotherWasFaster_DecidesAgain()
    {
        var finished = Completed;
        Finds(Lookup(InProgress), Lookup(finished));
        Saves(ChatWrite.Conflict, ChatWrite.Done);

        var ended = await _cases.SendAsync(new EndChatCommand(Tenant, Profile, Id));

        (ended.Status, ended.Revision).Should().Be((ChatStatus.Completed, 2));
    }

    [Test]
    public async Task End_EndedChat_WritesNothing()
    {
        Finds(Lookup(Completed with { EndedAt = _cases.Clock.Now() }));

        await _cases.SendAsync(new EndChatCommand(Tenant, Profile, Id));

        _cases.Chats.Verify(
            chats => chats.SaveAsync(It.IsAny<TenantId>(), It.IsAny<Chat>(), It.IsAny<IdempotentRequest?>(), It.IsAny<CancellationToken>()),
            Times.Never);
    }

    [Test]
    public async Task End_AlwaysTooSlow_GivesUpInTheEnd()
    {
        _cases.Chats.Setup(chats => chats.FindAsync(Tenant, Profile, Id, It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => Lookup(InProgress));
        _cases.Chats.Setup(chats => chats.SaveAsync(Tenant, It.IsAny<Chat>(), null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(ChatWrite.Conflict);

        var refusal = await _cases.Invoking(cases => cases.SendAsync(new EndChatCommand(Tenant, Profile, Id)))
            .Should().ThrowAsync<SdkChatException>();

        refusal.Which.Code.Should().Be(ErrorCode.Unavailable);
    }

    [Test]
    public async Task Trigger_DifferentWishes_HaveDifferentFingerprints()
    {
        var fingerprints = new List<string>();
        _cases.Chats.Setup(chats => chats.FindAsync(Tenant, Profile, Id, It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => Lookup(Completed));
        _cases.Chats.Setup(chats => chats.FindNewestCompletedAsync(Tenant, Profile, It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => Lookup(Completed));
        _cases.Chats.Setup(chats => chats.SaveAsync(Tenant, It.IsAny<Chat>(), It.IsAny<IdempotentRequest>(), It.IsAny<CancellationToken>()))
            .Callback((TenantId _, Chat _, IdempotentRequest? request, CancellationToken _) => fingerprints.Add(
                Convert.ToHexString(request!.Fingerprint.Span)))
            .ReturnsAsync(ChatWrite.Done);

        foreach (var chat in new ChatId?[] { null, Id })
        {
            foreach (var items in new RawJson?[] { null, RawJson.EmptyArray, RawJson.FromText("[1]"), RawJson.FromText("[1.0]") })
                await _cases.SendAsync(new TriggerBackListCommand(Tenant, Profile, chat, items, "key"));
        }

        fingerprints.Should().HaveCount(8).And.OnlyHaveUniqueItems();
    }

    private void Visiting() =>
        _cases.Profiles.Setup(profiles => profiles.FindVisitAsync(Tenant, Profile, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ProfileVisit(null));

    private static ChatLookup Lookup(ChatState state, bool running = false) =>
        new(ProfileExists: true, Chat.Restore(state), running ? new RunTicket(Id, state.CreatedAt, null, state.Prompt) : null, running);

    private void Finds(params ChatLookup[] lookups)
    {
        var sequence = _cases.Chats.SetupSequence(chats => chats.FindAsync(Tenant, Profile, Id, It.IsAny<CancellationToken>()));
        foreach (var lookup in lookups)
            sequence = sequence.ReturnsAsync(lookup);
    }

    private void Saves(params ChatWrite[] outcomes)
    {
        var sequence = _cases.Chats.SetupSequence(chats => chats.SaveAsync(Tenant, It.IsAny<Chat>(), null, It.IsAny<CancellationToken>()));
        foreach (var outcome in outcomes)
            sequence = sequence.ReturnsAsync(outcome);
    }

    private void Pipeline(RunReport report) =>
        _cases.Pipeline.Setup(pipeline => pipeline.AskAsync(It.IsAny<RunTicket>(), It.IsAny<CancellationToken>())).ReturnsAsync(report);
}
