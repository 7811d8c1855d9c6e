using Microsoft.Extensions.Options;

namespace SdkChat.Api.Http.RateLimits;

internal sealed class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
    {
        (string Name, RateLimit Limit)[] limits =
        [
            (nameof(RateLimitOptions.Profile), options.Profile),
            (nameof(RateLimitOptions.Key), options.Key),
            (nameof(RateLimitOptions.KeyTotal), options.KeyTotal),
            (nameof(RateLimitOptions.Admin), options.Admin),
            (nameof(RateLimitOptions.FailedAuthentication), options.FailedAuthentication),
        ];
        var wrong = limits.Where(limit => !limit.Limit.IsValid)
            .Select(
                limit =>
                    $"{RateLimitOptions.Section}:{limit.Name} takes a PerSecond and a Burst from 1 to 1000000; "
                    + "set Enabled to false to do without.")
            .ToArray();
        return wrong.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
