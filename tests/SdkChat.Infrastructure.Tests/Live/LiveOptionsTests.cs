using SdkChat.Infrastructure.Live;

namespace SdkChat.Infrastructure.Tests.Live;

public sealed class LiveOptionsTests
{
    [Test]
    public void Validate_Defaults_Pass() => Validate(new LiveOptions()).Should().BeEmpty();

    [Test]
    public void Validate_GraceAsLongAsEventsAreKept_IsRefused() => Validate(new LiveOptions { FeedGraceSeconds = 600 })
        .Should().Be("Live:FeedGraceSeconds must be shorter than Live:EventRetentionMinutes.");

    [Test]
    public void Validate_FewerThanTwoReadsWithinTheGrace_AreRefused()
    {
        Validate(new LiveOptions { FeedGraceSeconds = 5, PollMilliseconds = 2501 })
            .Should().Be("Live:PollMilliseconds must be at most half of Live:FeedGraceSeconds.");
        Validate(new LiveOptions { FeedGraceSeconds = 5, FallbackPollMilliseconds = 2501 })
            .Should().Be("Live:FallbackPollMilliseconds must be at most half of Live:FeedGraceSeconds.");
        Validate(new LiveOptions { FeedGraceSeconds = 5, PollMilliseconds = 2500, FallbackPollMilliseconds = 2500 }).Should().BeEmpty();
    }

    private static string Validate(LiveOptions options) =>
        new LiveOptionsValidator().Validate(name: null, options).FailureMessage ?? "";
}
