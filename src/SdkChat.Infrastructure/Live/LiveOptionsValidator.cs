using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Live;

/// <summary>Rules that concern several settings.</summary>
internal sealed class LiveOptionsValidator : IValidateOptions<LiveOptions>
{
    public ValidateOptionsResult Validate(string? name, LiveOptions options)
    {
        // A feed that continues within its grace period must find all events that it has not read.
        if (options.FeedGraceSeconds >= options.EventRetentionMinutes * 60)
            return Shorter(nameof(LiveOptions.FeedGraceSeconds), nameof(LiveOptions.EventRetentionMinutes));
        // Else a feed that nothing wakes would be taken for one that the database does not answer.
        if (options.PollMilliseconds >= options.FeedGraceSeconds * 1000)
            return Shorter(nameof(LiveOptions.PollMilliseconds), nameof(LiveOptions.FeedGraceSeconds));
        return options.FallbackPollMilliseconds >= options.FeedGraceSeconds * 1000
            ? Shorter(nameof(LiveOptions.FallbackPollMilliseconds), nameof(LiveOptions.FeedGraceSeconds))
            : ValidateOptionsResult.Success;
    }

    private static ValidateOptionsResult Shorter(string shorter, string longer) =>
        ValidateOptionsResult.Fail($"{LiveOptions.Section}:{shorter} must be shorter than {LiveOptions.Section}:{longer}.");
}
