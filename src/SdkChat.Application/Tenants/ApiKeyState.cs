namespace SdkChat.Application.Tenants;

/// <summary>Whether a key may be used. A key of a disabled tenant is active, and its callers are refused all the same.</summary>
public enum ApiKeyState
{
    Active,
    Expired,
    Revoked,
}
