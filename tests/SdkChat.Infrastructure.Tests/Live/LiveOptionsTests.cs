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
    public void Validate_ReadsFurtherApartThanTheGrace_AreRefused()
    {
        Validate(new LiveOptions { FeedGraceSeconds = 5, PollMilliseconds = 5000 })
            .Should().Be("Live:PollMilliseconds must be shorter than Live:FeedGraceSeconds.");
        Validate(new LiveOptions { FeedGraceSeconds = 5, FallbackPollMilliseconds = 5000 })
            .Should().Be("Live:FallbackPollMilliseconds must be shorter than Live:FeedGraceSeconds.");
        Validate(new LiveOptions { FeedGraceSeconds = 5, PollMilliseconds = 4999, FallbackPollMilliseconds = 4999 }).Should().BeEmpty();
    }

    private static string Validate(LiveOptions options) =>
        new LiveOptionsValidator().Validate(name: null, options).FailureMessage ?? "";
}
