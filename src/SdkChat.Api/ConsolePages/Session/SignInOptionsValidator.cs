using Microsoft.Extensions.Options;
using SdkChat.Api.Authentication;
using SdkChat.Api.ConsolePages.Files;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>Stops the start if the sign-in of a page is incomplete, or could not work. The message names the setting.</summary>
internal sealed class SignInOptionsValidator(IHostEnvironment environment, IConfiguration configuration) : IValidateOptions<SignInOptions>
{
    private const string KeyFolder = $"{ConsoleOptions.Section}:{nameof(ConsoleOptions.KeyFolder)}";

    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        var section = $"{SignInOptions.Section}:{name}";
        var wrong = (options.IsConfigured ? Wrong(section, name!, options) : WithoutClient(section)).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    /// <summary>Other settings of a section without a client id would be ignored.</summary>
    private IEnumerable<string> WithoutClient(string section)
    {
        if (configuration.GetSection(section).GetChildren().Any(setting => setting.Key != nameof(SignInOptions.ClientId)))
            yield return $"{section}:ClientId is missing.";
    }

    private IEnumerable<string> Wrong(string section, string name, SignInOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Authority))
            yield return $"{section}:Authority is missing.";
        else if (!IsAuthority(options.Authority))
            yield return $"{section}:Authority must be an https URL without query and fragment.";
        if (options.ClientSecret is { } secret && string.IsNullOrWhiteSpace(secret))
            yield return $"{section}:ClientSecret must not be empty.";
        if (!options.EffectiveScopes.Contains("openid") || options.EffectiveScopes.Any(scope => scope.Any(char.IsWhiteSpace)))
            yield return $"{section}:Scopes must contain openid, and have one scope in each entry.";

        var scheme = JwtSchemeOptions.Read(configuration, name);
        if (!scheme.HasDocument)
            yield return $"{section} needs the provider's keys: set {JwtSchemeOptions.Section}:{name}:Authority, JwksUrl or JwksFile.";
        if (options.UseIdToken && scheme.Audience != options.ClientId)
            yield return $"{section}:UseIdToken needs {JwtSchemeOptions.Section}:{name}:Audience to be the client id, as in ID tokens.";
        if (ProblemWithKeyFolder() is { } problem)
            yield return problem;
    }

    private bool IsAuthority(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (environment.IsDevelopment() && url.Scheme == Uri.UriSchemeHttp))
        && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0;

    /// <summary>
    /// With keys in memory, nodes cannot read each other's cookies, and a restart ends all sessions that are to be renewed.
    /// </summary>
    private string? ProblemWithKeyFolder()
    {
        var folder = configuration[KeyFolder];
        if (string.IsNullOrWhiteSpace(folder))
            return environment.IsDevelopment()
                ? null
                : $"{KeyFolder} is missing: all nodes need the same folder for {SignInOptions.Section}.";

        try
        {
            using var file = File.Create(Path.Combine(folder, $".sdkchat-{Path.GetRandomFileName()}"), 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{KeyFolder} must be a folder that the service may write to: {exception.Message}";
        }
    }
}
