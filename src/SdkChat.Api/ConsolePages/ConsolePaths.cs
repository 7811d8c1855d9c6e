namespace SdkChat.Api.ConsolePages;

/// <summary>The paths of the console's pages.</summary>
internal static class ConsolePaths
{
    public const string Tenant = "/console";
    public const string Backoffice = "/console/admin";
}
