namespace SdkChat.Application.Tenants;

/// <summary>Whether a key may be used. A key of a disabled tenant is active, but its callers are refused.</summary>
public enum ApiKeyState
{
    Active,
    Expired,
    Revoked,
}

internal static class ApiKeyStates
{
    public static ApiKeyState At(DateTimeOffset now, DateTimeOffset? expiresAt, DateTimeOffset? revokedAt) =>
        revokedAt is not null ? ApiKeyState.Revoked : expiresAt <= now ? ApiKeyState.Expired : ApiKeyState.Active;
}
