namespace SdkChat.Api.Authentication.Bearer;

/// <summary>Marks an endpoint that sets the caller's token as a cookie: its requests have a <see cref="VerifiedToken"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SetsTokenCookieAttribute : Attribute;

/// <summary>
/// The token that authenticated the caller. A request may present several under one name, and a sibling host may have set the others.
/// </summary>
internal sealed class VerifiedToken
{
    private VerifiedToken(string text) => Text = text;

    /// <summary>It must not be logged.</summary>
    public string Text { get; }

    /// <summary>
    /// Only for endpoints with <see cref="SetsTokenCookieAttribute"/>: a stream would keep the token in memory for half an hour.
    /// </summary>
    public static void Set(HttpContext http, ReadOnlyMemory<char> text)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<SetsTokenCookieAttribute>() is not null)
            http.Features.Set(new VerifiedToken(text.ToString()));
    }

    /// <exception cref="InvalidOperationException">The endpoint has no <see cref="SetsTokenCookieAttribute"/>.</exception>
    public static VerifiedToken Get(HttpContext http) =>
        http.Features.Get<VerifiedToken>() ?? throw new InvalidOperationException("This endpoint does not have the token of its caller.");
}
