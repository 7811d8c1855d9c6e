namespace SdkChat.Api.Authentication;

/// <summary>The three authentication schemes. The two JWT schemes are also the names of their configuration sections.</summary>
internal static class Schemes
{
    public const string Tenant = nameof(Tenant);

    public const string Backoffice = nameof(Backoffice);

    public const string SdkKey = nameof(SdkKey);
}
