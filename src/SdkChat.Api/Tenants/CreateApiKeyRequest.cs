namespace SdkChat.Api.Tenants;

/// <summary>An SDK key to be made.</summary>
/// <param name="Name">What people call it: 1 to 100 characters on one line.</param>
/// <param name="ExpiresInDays">One of 7, 14, 30, 60, 90, 180 and 365; null, or left out, for a key that does not expire.</param>
public sealed record CreateApiKeyRequest(string? Name, int? ExpiresInDays);
