namespace SdkChat.Api.ConsolePages.Session;

/// <summary>The provider at which users of a page may sign in.</summary>
/// <param name="Name">As the button names it.</param>
/// <param name="Renewable">Whether this browser has a session that can be renewed, even if its token has expired.</param>
internal sealed record ProviderResponse(string Name, bool Renewable);
