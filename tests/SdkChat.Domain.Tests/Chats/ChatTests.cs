using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Tests.Chats;

/// <summary>The lifecycle of the contract's section 6: every place a chat can stand in × everything that can happen to it.</summary>
public sealed class ChatTests
{
    private static readonly TenantId Tenant = new(Guid.CreateVersion7());
    private static readonly ProfileId Profile = new(Guid.CreateVersion7());
    private static readonly ChatId Id = new(Guid.CreateVersion7());
    private static readonly DateTimeOffset Kickoff = new(2026, 4, 23, 5, 28, 8, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Kickoff.AddSeconds(3);
    private static readonly PipelineResult Result = new(RawJson.FromText("[1]"), RawJson.FromText("[2]"), RawJson.FromText("[3]"));

    /// <summary>Where a chat can stand: its status, and whether it has been ended.</summary>
    private static readonly (ChatStatus Status, bool Ended)[] Places =
    [
        (ChatStatus.InProgress, false), (ChatStatus.Completed, false), (ChatStatus.Completed, true),
        (ChatStatus.Error, false), (ChatStatus.Error, true), (ChatStatus.Ended, true),
    ];

    /// <summary>The whole table: what is not here is refused.</summary>
    private static readonly Dictionary<(ChatStatus, bool, ChatTransition), (ChatStatus To, bool Ended, Type Event)> Allowed = new()
    {
        [(ChatStatus.InProgress, false, ChatTransition.Complete)] = (ChatStatus.Completed, false, typeof(ChatCompleted)),
        [(ChatStatus.InProgress, false, ChatTransition.Fail)] = (ChatStatus.Error, false, typeof(ChatFailed)),
        [(ChatStatus.InProgress, false, ChatTransition.End)] = (ChatStatus.Ended, true, typeof(ChatEnded)),
        [(ChatStatus.Completed, false, ChatTransition.End)] = (ChatStatus.Completed, true, typeof(ChatEnded)),
        [(ChatStatus.Error, false, ChatTransition.End)] = (ChatStatus.Error, true, typeof(ChatEnded)),
        [(ChatStatus.Completed, false, ChatTransition.TriggerBackList)] = (ChatStatus.Completed, false, typeof(BacklistTriggered)),
    };

    private static IEnumerable<TestCaseData> Everything =>
        from place in Places
        from transition in Enum.GetValues<ChatTransition>()
        select new TestCaseData(place.Status, place.Ended, transition);

    [Test]
    public void Start_Chat_IsInProgressAndSaysSo()
    {
        var session = new ProfileSessionId(Guid.CreateVersion7());

        var chat = Chat.Start(Id, Tenant, Profile, session, "Dinner?", Kickoff);

        chat.State.Should().BeEquivalentTo(new ChatState
        {
            Id = Id, Tenant = Tenant, Profile = Profile, Session = session, Prompt = "Dinner?", Status = ChatStatus.InProgress,
            BackListStatus = "not_started", CreatedAt = Kickoff, UpdatedAt = Kickoff, Revision = 0,
        });
        chat.Raised.Should().Equal(new ChatStarted(Tenant, Id, Profile));
    }

    /// <summary>The clock of the node that carries it out may be behind the one of the node that wrote the row.</summary>
    [Test]
    public void Transition_AtAnInstantBeforeTheRows_TakesTheLatestThatTheRowHas(
        [Values] ChatTransition transition, [Values(-1, 0, 1)] int seconds)
    {
        var from = transition == ChatTransition.TriggerBackList ? ChatStatus.Completed : ChatStatus.InProgress;
        var before = Standing(from, ended: false) with { CreatedAt = Kickoff, UpdatedAt = Later };
        var chat = Chat.Restore(before);
        var at = Later.AddSeconds(seconds);

        Make(chat, transition, at);

        var expected = seconds > 0 ? at : Later;
        (transition == ChatTransition.End ? chat.State.EndedAt : chat.State.UpdatedAt).Should().Be(expected);
        chat.State.CreatedAt.Should().Be(Kickoff);
    }

    /// <summary>Rows of before this rule may say that they were changed before they were made.</summary>
    [Test]
    public void End_OfARowWhoseLastChangeLiesBeforeItsCreation_IsNotBeforeEither()
    {
        var chat = Chat.Restore(Standing(ChatStatus.Completed, ended: false) with { CreatedAt = Later, UpdatedAt = Kickoff });

        chat.End(Kickoff);

        chat.State.EndedAt.Should().Be(Later);
    }

    [TestCaseSource(nameof(Everything))]
    public void Transition_FromEveryPlace_IsTheTablesOrRefused(ChatStatus from, bool ended, ChatTransition transition)
    {
        var before = Standing(from, ended);
        var chat = Chat.Restore(before);

        if (!Allowed.TryGetValue((from, ended, transition), out var expected))
        {
            var refusal = chat.Invoking(it => Make(it, transition)).Should().Throw<ChatTransitionRefusedException>().Which;
            (refusal.Status, refusal.IsEnded, refusal.Transition).Should().Be((from, ended, transition));
            chat.State.Should().BeSameAs(before);
            chat.Raised.Should().BeEmpty();
            return;
        }

        Make(chat, transition);

        (chat.State.Status, chat.IsEnded).Should().Be((expected.To, expected.Ended));
        chat.State.Revision.Should().Be(before.Revision + 1);
        chat.StoredRevision.Should().Be(before.Revision);
        chat.Raised.Should().ContainSingle().Which.Should().BeOfType(expected.Event);
        (chat.Raised[0].Tenant, chat.Raised[0].Chat, chat.Raised[0].Profile).Should().Be((Tenant, Id, Profile));
    }

    [Test]
    public void Places_AndTransitions_AreAllWalked() =>
        Places.Select(place => place.Status).Distinct().Should().BeEquivalentTo(Enum.GetValues<ChatStatus>());

    [Test]
    public void Complete_Result_IsKeptWithWhatThePipelineSaysOfTheBackList()
    {
        var chat = Chat.Restore(Standing(ChatStatus.InProgress, ended: false));

        chat.Complete(Result, "in_progress", Later);

        chat.State.Result.Should().Be(Result);
        chat.State.BackListStatus.Should().Be("in_progress");
        chat.State.UpdatedAt.Should().Be(Later);
        chat.State.LastError.Should().BeNull();
    }

    [TestCase("")]
    [TestCase("  ")]
    public void Fail_WithoutAReason_IsAProgrammersMistake(string error)
    {
        var chat = Chat.Restore(Standing(ChatStatus.InProgress, ended: false));

        chat.Invoking(it => it.Fail(error, Later)).Should().Throw<ArgumentException>();

        chat.Raised.Should().BeEmpty();
    }

    [TestCase(ChatStatus.InProgress)]
    [TestCase(ChatStatus.Completed)]
    [TestCase(ChatStatus.Error)]
    public void End_AnyChat_LeavesItsLastChangeAndItsResultAlone(ChatStatus from)
    {
        var before = Standing(from, ended: false);
        var chat = Chat.Restore(before);

        chat.End(Later);

        chat.State.EndedAt.Should().Be(Later);
        (chat.State.UpdatedAt, chat.State.Result, chat.State.LastError).Should().Be((before.UpdatedAt, before.Result, before.LastError));
    }

    [Test]
    public void TriggerBackList_NewItems_ReplaceTheStoredOnesAndTravelWithTheEvent()
    {
        var chat = Chat.Restore(Standing(ChatStatus.Completed, ended: false));

        chat.TriggerBackList(RawJson.FromText("[1.0E2]"), Later);

        chat.State.Result.Should().Be(Result with { NotificationItems = RawJson.FromText("[1.0E2]") });
        chat.Raised.Should().Equal(new BacklistTriggered(Tenant, Id, Profile, RawJson.FromText("[1.0E2]")));
        chat.State.BackListStatus.Should().Be("completed", "a trigger does not change it");
    }

    [Test]
    public void TriggerBackList_NoItems_SendsTheStoredOnesEachTime()
    {
        var chat = Chat.Restore(Standing(ChatStatus.Completed, ended: false));

        chat.TriggerBackList(notificationItems: null, Later);
        chat.TriggerBackList(notificationItems: null, Later);

        chat.Raised.OfType<BacklistTriggered>().Select(happened => happened.NotificationItems)
            .Should().Equal(Result.NotificationItems, Result.NotificationItems);
    }

    private static void Make(Chat chat, ChatTransition transition, DateTimeOffset? instant = null)
    {
        var at = instant ?? Later;
        switch (transition)
        {
            case ChatTransition.Complete: chat.Complete(Result, "completed", at); break;
            case ChatTransition.Fail: chat.Fail("Out of stock.", at); break;
            case ChatTransition.End: chat.End(at); break;
            case ChatTransition.TriggerBackList: chat.TriggerBackList(notificationItems: null, at); break;
            default: throw new ArgumentOutOfRangeException(nameof(transition), transition, "Nobody makes this one yet.");
        }
    }

    private static ChatState Standing(ChatStatus status, bool ended) => new()
    {
        Id = Id,
        Tenant = Tenant,
        Profile = Profile,
        Prompt = "Dinner?",
        Status = status,
        BackListStatus = status == ChatStatus.Completed ? "completed" : "not_started",
        Result = status == ChatStatus.Completed ? Result : null,
        LastError = status == ChatStatus.Error ? "Out of stock." : null,
        CreatedAt = Kickoff,
        UpdatedAt = Kickoff.AddSeconds(1),
        EndedAt = ended ? Kickoff.AddSeconds(2) : null,
        Revision = 4,
    };
}
