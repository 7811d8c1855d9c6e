namespace SdkChat.Api.Tenants;

/// <summary>An SDK key to be created.</summary>
/// <param name="Name">The display name: 1 to 100 characters on one line.</param>
/// <param name="ExpiresInDays">One of 7, 14, 30, 60, 90, 180 and 365; null, or omitted, for a key that does not expire.</param>
public sealed record CreateApiKeyRequest(string? Name, int? ExpiresInDays);
