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

        return !options.IsWithinGrace(options.PollMilliseconds)
            ? FailTooLong($"{LiveOptions.Section}:{nameof(LiveOptions.PollMilliseconds)}")
            : !options.IsWithinGrace(options.FallbackPollMilliseconds)
            ? FailTooLong($"{LiveOptions.Section}:{nameof(LiveOptions.FallbackPollMilliseconds)}")
            : ValidateOptionsResult.Success;
    }

    /// <param name="setting">An interval that is not <see cref="LiveOptions.IsWithinGrace"/>, with its section.</param>
    internal static ValidateOptionsResult FailTooLong(string setting) => ValidateOptionsResult.Fail(
        $"{setting} must be at most half of {LiveOptions.Section}:{nameof(LiveOptions.FeedGraceSeconds)}.");
}
