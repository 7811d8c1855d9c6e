namespace SdkChat.Development.SignIn;

/// <summary>What a sign-in link stands for.</summary>
/// <param name="Scheme">Whose token it is.</param>
/// <param name="ExpiresAt">When the token will be refused.</param>
/// <param name="UsableUntil">From then on the link is as good as none.</param>
internal sealed record SignInLink(string Scheme, string Token, DateTimeOffset ExpiresAt, DateTimeOffset UsableUntil);
