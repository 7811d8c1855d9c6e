using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Live;

/// <summary>Rules that concern several settings.</summary>
internal sealed class LiveOptionsValidator : IValidateOptions<LiveOptions>
{
    public ValidateOptionsResult Validate(string? name, LiveOptions options)
    {
        // A feed that continues within its grace period must find all events that it has not read.
        if (options.FeedGraceSeconds >= options.EventRetentionMinutes * 60)
            return ValidateOptionsResult.Fail(
                $"{LiveOptions.Section}:{nameof(LiveOptions.FeedGraceSeconds)} must be shorter than "
                + $"{LiveOptions.Section}:{nameof(LiveOptions.EventRetentionMinutes)}.");

        // The feed reads twice within the grace period although nothing happens: otherwise quiet streams would end.
        var longest = options.FeedGraceSeconds * 1000 / 2;
        return options.PollMilliseconds > longest ? FailTooLong(nameof(LiveOptions.PollMilliseconds))
            : options.FallbackPollMilliseconds > longest ? FailTooLong(nameof(LiveOptions.FallbackPollMilliseconds))
            : ValidateOptionsResult.Success;
    }

    private static ValidateOptionsResult FailTooLong(string interval) => ValidateOptionsResult.Fail(
        $"{LiveOptions.Section}:{interval} must be at most half of {LiveOptions.Section}:{nameof(LiveOptions.FeedGraceSeconds)}.");
}
