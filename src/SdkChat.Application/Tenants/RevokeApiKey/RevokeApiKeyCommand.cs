using MediatR;

namespace SdkChat.Application.Tenants.RevokeApiKey;

/// <summary>
/// Ends a key for good, on every node within 5 s. Answers when it was revoked: now, or earlier if it had been before.
/// </summary>
/// <param name="Key">The key's prefix as a list shows it, or the whole key.</param>
public sealed record RevokeApiKeyCommand(string Key) : IRequest<DateTimeOffset>
{
    /// <summary>Without the key: it may be a whole one.</summary>
    public override string ToString() => nameof(RevokeApiKeyCommand);
}
