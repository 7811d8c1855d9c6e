namespace SdkChat.Api.ConsolePages;

/// <summary>Where the console's pages are.</summary>
internal static class ConsolePaths
{
    public const string Tenant = "/console";
    public const string Backoffice = "/console/admin";
}
