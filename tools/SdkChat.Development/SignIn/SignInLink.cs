namespace SdkChat.Development.SignIn;

/// <summary>The token behind a sign-in link.</summary>
/// <param name="Scheme">The authentication scheme of the token.</param>
/// <param name="ExpiresAt">When the token is refused.</param>
/// <param name="UsableUntil">From this instant the link is invalid.</param>
internal sealed record SignInLink(string Scheme, string Token, DateTimeOffset ExpiresAt, DateTimeOffset UsableUntil);
