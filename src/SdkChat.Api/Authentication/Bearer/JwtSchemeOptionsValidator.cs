using System.Text;
using Microsoft.Extensions.Options;
using SdkChat.Api.Authentication.Keys;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>Stops the start if the settings of a scheme are insecure or incomplete. The message names the setting.</summary>
internal sealed class JwtSchemeOptionsValidator(IHostEnvironment environment, IConfiguration configuration)
    : IValidateOptions<JwtSchemeOptions>
{
    public ValidateOptionsResult Validate(string? name, JwtSchemeOptions options)
    {
        var wrong = Wrong($"{JwtSchemeOptions.Section}:{name}", options).ToList();
        if (name == Schemes.Backoffice && SharesTokens())
            wrong.Add(
                "Authentication:Tenant and Authentication:Backoffice must differ in Issuer or Audience, or a token of one would pass "
                + "as the other's.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private IEnumerable<string> Wrong(string section, JwtSchemeOptions options)
    {
        var documents = new[] { options.Authority, options.JwksUrl, options.JwksFile }.Count(source => !string.IsNullOrWhiteSpace(source));
        if (documents > 1)
            yield return $"{section} takes one of Authority, JwksUrl and JwksFile, not several.";
        if (documents == 0 && options.Secrets.Count == 0 && !environment.IsDevelopment())
            yield return $"{section} has no key: set its Authority, JwksUrl, JwksFile or Secrets:0.";

        for (var i = 0; i < options.Secrets.Count; i++)
        {
            if (Encoding.UTF8.GetByteCount(options.Secrets[i] ?? "") < JwtSchemeOptions.MinSecretBytes)
                yield return $"{section}:Secrets:{i} is too short: HS256 needs at least {JwtSchemeOptions.MinSecretBytes} bytes.";
        }

        if (!IsSafeUrl(options.Authority))
            yield return $"{section}:Authority must be an https URL.";
        if (!IsSafeUrl(options.JwksUrl))
            yield return $"{section}:JwksUrl must be an https URL.";
        if (!string.IsNullOrWhiteSpace(options.JwksFile) && Jwks.ProblemWithFile(options.JwksFile) is { } problem)
            yield return $"{section}:JwksFile {problem}";
        if (options.Audience.Length == 0 || options.CookieName.Length == 0)
            yield return $"{section} must have an Audience and a CookieName.";
        if (options.Claims.RoleValues.Any(string.IsNullOrWhiteSpace))
            yield return $"{section}:Claims:RoleValues must not contain an empty value.";
    }

    private bool IsSafeUrl(string? text) =>
        string.IsNullOrWhiteSpace(text)
        || (Uri.TryCreate(text, UriKind.Absolute, out var url) && JwksSource.IsAllowedUrl(url, environment));

    private bool SharesTokens()
    {
        var tenant = JwtSchemeOptions.Read(configuration, Schemes.Tenant);
        var backoffice = JwtSchemeOptions.Read(configuration, Schemes.Backoffice);
        return tenant.EffectiveIssuer(Schemes.Tenant) == backoffice.EffectiveIssuer(Schemes.Backoffice)
            && tenant.Audience == backoffice.Audience;
    }
}
