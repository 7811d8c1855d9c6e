using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>Rules of <see cref="PipelineOptions"/> that concern several settings or the environment.</summary>
internal sealed class PipelineOptionsValidator(IHostEnvironment environment, ISubstitutePipeline? substitute = null)
    : IValidateOptions<PipelineOptions>
{
    private const string BaseUrl = $"{PipelineOptions.Section}:{nameof(PipelineOptions.BaseUrl)}";

    public ValidateOptionsResult Validate(string? name, PipelineOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Failures(PipelineOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.BaseUrl))
        {
            if (environment.IsProduction())
                yield return $"{BaseUrl} must be set in Production: the demo pipeline does not serve real shoppers.";
            else if (substitute is null)
                yield return $"{BaseUrl} must be set: only the development program has a pipeline of its own.";
        }
        else if (!Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            || url.Query.Length > 0
            || url.Fragment.Length > 0)
        {
            yield return $"{BaseUrl} must be an absolute http or https URL without query.";
        }

        if (options.CallTimeoutSeconds < options.AttemptTimeoutSeconds)
        {
            yield return $"{PipelineOptions.Section}:{nameof(PipelineOptions.CallTimeoutSeconds)} must not be less than "
                + $"{nameof(PipelineOptions.AttemptTimeoutSeconds)}.";
        }
    }
}
