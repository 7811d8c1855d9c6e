using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Tests.Chats;

/// <summary>Walks every place a chat can stand in × everything that can happen to it (contract, section 6).</summary>
public sealed class ChatLifecycleTests
{
    private static readonly DateTimeOffset Kickoff = new(2026, 4, 23, 5, 28, 8, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Kickoff.AddMinutes(2);
    private static readonly DateTimeOffset Earlier = Kickoff.AddMinutes(1);

    private static readonly PipelineResult Result = new(RawJson.FromText("[1]"), RawJson.FromText("[2]"), RawJson.FromText("[3]"));

    /// <summary>What the contract allows; everything else is refused.</summary>
    private static readonly Dictionary<(ChatStatus From, bool IsEnded, ChatTransition Transition), (ChatStatus To, Type Event)> Allowed = new()
    {
        [(ChatStatus.InProgress, false, ChatTransition.Complete)] = (ChatStatus.Completed, typeof(ChatCompleted)),
        [(ChatStatus.InProgress, false, ChatTransition.Fail)] = (ChatStatus.Error, typeof(ChatFailed)),
        [(ChatStatus.InProgress, false, ChatTransition.End)] = (ChatStatus.Ended, typeof(ChatEnded)),
        [(ChatStatus.Completed, false, ChatTransition.End)] = (ChatStatus.Completed, typeof(ChatEnded)),
        [(ChatStatus.Error, false, ChatTransition.End)] = (ChatStatus.Error, typeof(ChatEnded)),
        [(ChatStatus.Completed, false, ChatTransition.TriggerBackList)] = (ChatStatus.Completed, typeof(BacklistTriggered)),
    };

    private static IEnumerable<TestCaseData> Pairs =>
        from status in Enum.GetValues<ChatStatus>()
        from isEnded in new[] { false, true }
        where isEnded ? status != ChatStatus.InProgress : status != ChatStatus.Ended
        from transition in Enum.GetValues<ChatTransition>()
        select new TestCaseData(status, isEnded, transition);

    [TestCaseSource(nameof(Pairs))]
    public void Transition_FromEveryPlace_IsAllowedOrRefusedByTheContract(ChatStatus from, bool isEnded, ChatTransition transition)
    {
        var chat = Chat.Restore(State(from, isEnded));
        var before = chat.State;

        var act = () => Do(chat, transition);

        if (Allowed.TryGetValue((from, isEnded, transition), out var expected))
        {
            act.Should().NotThrow();
            chat.State.Status.Should().Be(expected.To);
            chat.State.Revision.Should().Be(before.Revision + 1);
            chat.StoredRevision.Should().Be(before.Revision);
            chat.Raised.Should().ContainSingle().Which.Should().BeOfType(expected.Event);
        }
        else
        {
            act.Should().Throw<ChatTransitionRefusedException>().Which.IsEnded.Should().Be(isEnded);
            chat.State.Should().Be(before);
            chat.Raised.Should().BeEmpty();
        }
    }

    [Test]
    public void Start_NewChat_IsInProgressAndSaysSo()
    {
        var state = State(ChatStatus.InProgress, false);

        var chat = Chat.Start(state.Id, state.Tenant, state.Profile, state.Session, state.Prompt, Kickoff);

        chat.State.Should().Be(state with { Revision = 0 });
        chat.Raised.Should().Equal(new ChatStarted(state.Tenant, state.Id, state.Profile));
    }

    [Test]
    public void Complete_KeepsTheResultAndTouchesUpdatedAt()
    {
        var chat = Chat.Restore(State(ChatStatus.InProgress, false));

        chat.Complete(Result, "in_progress", Now);

        chat.State.Result.Should().Be(Result);
        chat.State.BackListStatus.Should().Be("in_progress");
        chat.State.UpdatedAt.Should().Be(Now);
        chat.State.EndedAt.Should().BeNull();
    }

    [Test]
    public void End_SetsItsInstantAndLeavesUpdatedAt()
    {
        var chat = Chat.Restore(State(ChatStatus.Completed, false));

        chat.End(Now);

        chat.State.EndedAt.Should().Be(Now);
        chat.State.UpdatedAt.Should().Be(Earlier);
    }

    [TestCase("")]
    [TestCase(" ")]
    public void Fail_WithoutReason_IsABug(string reason)
    {
        var chat = Chat.Restore(State(ChatStatus.InProgress, false));

        var act = () => chat.Fail(reason, Now);

        act.Should().Throw<ArgumentException>();
        chat.Raised.Should().BeEmpty();
    }

    [Test]
    public void TriggerBackList_WithoutItems_SendsTheStoredOnes()
    {
        var chat = Chat.Restore(State(ChatStatus.Completed, false));

        chat.TriggerBackList(null, Now);

        chat.Raised.Should().ContainSingle().Which.Should().BeOfType<BacklistTriggered>()
            .Which.NotificationItems.Should().Be(Result.NotificationItems);
        chat.State.Result.Should().Be(Result);
        chat.State.BackListStatus.Should().Be(Chat.BackListNotStarted);
    }

    [Test]
    public void TriggerBackList_WithItems_ReplacesTheStoredOnesAlone()
    {
        var items = RawJson.FromText("[1.0E2]");
        var chat = Chat.Restore(State(ChatStatus.Completed, false));

        chat.TriggerBackList(items, Now);
        chat.TriggerBackList(null, Now);

        chat.Raised.Should().HaveCount(2).And.AllBeOfType<BacklistTriggered>()
            .And.OnlyContain(happened => ((BacklistTriggered)happened).NotificationItems == items);
        chat.State.Result.Should().Be(Result with { NotificationItems = items });
        chat.State.Revision.Should().Be(chat.StoredRevision + 2);
    }

    private static void Do(Chat chat, ChatTransition transition)
    {
        switch (transition)
        {
            case ChatTransition.Complete:
                chat.Complete(Result, "completed", Now);
                break;
            case ChatTransition.Fail:
                chat.Fail("The run failed.", Now);
                break;
            case ChatTransition.End:
                chat.End(Now);
                break;
            case ChatTransition.TriggerBackList:
                chat.TriggerBackList(null, Now);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(transition), transition, null);
        }
    }

    private static ChatState State(ChatStatus status, bool isEnded) => new()
    {
        Id = new ChatId(Guid.Parse("01970b6e-6a64-7c11-9d5e-3f1f2b6a9c02")),
        Tenant = new TenantId(Guid.Parse("01970b6e-6a64-7c11-9d5e-3f1f2b6a9c03")),
        Profile = new ProfileId(Guid.Parse("01970b6e-6a64-7c11-9d5e-3f1f2b6a9c04")),
        Prompt = "Dinner ideas?",
        Status = status,
        BackListStatus = Chat.BackListNotStarted,
        Result = status == ChatStatus.Completed ? Result : null,
        LastError = status == ChatStatus.Error ? "The run failed." : null,
        CreatedAt = Kickoff,
        UpdatedAt = status == ChatStatus.InProgress ? Kickoff : Earlier,
        EndedAt = isEnded ? Earlier : null,
        Revision = status == ChatStatus.InProgress ? 0 : 3,
    };
}
