using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Live;

/// <summary>What the ranges of the single settings do not say.</summary>
internal sealed class LiveOptionsValidator : IValidateOptions<LiveOptions>
{
    public ValidateOptionsResult Validate(string? name, LiveOptions options)
    {
        // A feed that comes back within its grace must find everything it has not read.
        return options.FeedGraceSeconds >= options.EventRetentionMinutes * 60
            ? ValidateOptionsResult.Fail(
                $"{LiveOptions.Section}:{nameof(LiveOptions.FeedGraceSeconds)} must be shorter than {LiveOptions.Section}:{nameof(LiveOptions.EventRetentionMinutes)}.")
            : ValidateOptionsResult.Success;
    }
}
