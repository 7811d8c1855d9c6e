using Microsoft.Extensions.Options;

namespace SdkChat.Api.Http.Origins;

internal sealed class CorsSettingsValidator : IValidateOptions<CorsSettings>
{
    public ValidateOptionsResult Validate(string? name, CorsSettings options)
    {
        var wrong = Wrong(nameof(CorsSettings.AllowedOrigins), options.AllowedOrigins)
            .Concat(Wrong(nameof(CorsSettings.SdkOrigins), options.SdkOrigins))
            .ToArray();
        return wrong.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Wrong(string setting, IReadOnlyList<string> origins) =>
        from origin in origins
        where !IsOrigin(origin)
        select $"{CorsSettings.Section}:{setting} takes origins such as https://admin.example.com, without a path; \"{origin}\" is none.";

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && !text.Contains('*')
        && text.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
