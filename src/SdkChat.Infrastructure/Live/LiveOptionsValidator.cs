using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Live;

/// <summary>Rules that concern several settings.</summary>
internal sealed class LiveOptionsValidator : IValidateOptions<LiveOptions>
{
    public ValidateOptionsResult Validate(string? name, LiveOptions options)
    {
        // A feed that continues within its grace period must find all events that it has not read.
        return options.FeedGraceSeconds >= options.EventRetentionMinutes * 60
            ? ValidateOptionsResult.Fail(
                $"{LiveOptions.Section}:{nameof(LiveOptions.FeedGraceSeconds)} must be shorter than "
                + $"{LiveOptions.Section}:{nameof(LiveOptions.EventRetentionMinutes)}.")
            : ValidateOptionsResult.Success;
    }
}
