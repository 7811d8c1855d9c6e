using Microsoft.Extensions.Time.Testing;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tests.Standby;

public sealed class StandbyStateTests
{
    private readonly FakeTimeProvider _clock = new();

    private StandbyState _state = null!;

    [SetUp]
    public void SetUp() => _state = new StandbyState(_clock, TimeSpan.FromSeconds(2));

    [Test]
    public void Contains_InARoundDuringWhichTheUseEnded_DoesNotBeginItAgain()
    {
        var round = Round();
        _state.SwitchOff("away");

        _state.Contains(round.At, round);
        _state.IsUsable.Should().BeFalse("the round began before");

        Use();
        _state.IsUsable.Should().BeTrue();
    }

    [Test]
    public void ReadFailed_AgainAndAgain_DoublesThePauseUpToHalfAMinute()
    {
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 30, 30 })
        {
            Use();
            _state.IsUsable.Should().BeTrue();
            _state.ReadFailed("no answer");

            _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Use();
            _state.IsUsable.Should().BeFalse("it pauses for {0} s", seconds);
            _clock.Advance(TimeSpan.FromTicks(1));
        }
    }

    [Test]
    public void ReadFailed_OfReadsThatWereUnderWayTogether_IsOneFailure()
    {
        Use();
        for (var i = 0; i < 5; i++)
            _state.ReadFailed("no answer");

        _clock.Advance(TimeSpan.FromSeconds(1));
        Use();
        _state.IsUsable.Should().BeTrue();
    }

    [Test]
    public void ReadSucceeded_WhileInUse_ResetsThePause()
    {
        Use();
        _state.ReadFailed("no answer");
        // One that began before says nothing.
        _state.ReadSucceeded();
        Use();
        _state.IsUsable.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Use();
        _state.ReadSucceeded();
        _state.ReadFailed("no answer");

        _clock.Advance(TimeSpan.FromSeconds(1));
        Use();
        _state.IsUsable.Should().BeTrue();
    }

    [Test]
    public void GetUse_InEachState_HasItsReason()
    {
        _state.GetUse().Should().Be((null, StandbyState.NotYetKnown));
        Use();
        _state.GetUse().Should().Be((TimeSpan.Zero, null));
        _clock.Advance(TimeSpan.FromSeconds(3));
        _state.GetUse().Should().Be((TimeSpan.FromSeconds(3), StandbyState.NotReplayed));
        _state.ReadFailed("no answer");
        _state.GetUse().Should().Be((null, "no answer"));
        _state.SwitchOff("the server is not a standby");
        _state.GetUse().Should().Be((null, "the server is not a standby"));
    }

    private StandbyRound Round() => _state.BeginRound().Round;

    private void Use()
    {
        var round = Round();
        _state.Contains(round.At, round);
    }
}
