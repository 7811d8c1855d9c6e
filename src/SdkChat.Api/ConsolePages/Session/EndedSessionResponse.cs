namespace SdkChat.Api.ConsolePages.Session;

/// <summary>A session that has ended here, and not yet at the provider.</summary>
/// <param name="SignOut">The address that the browser opens next.</param>
internal sealed record EndedSessionResponse(string SignOut);
