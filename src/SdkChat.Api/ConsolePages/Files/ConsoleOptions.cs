namespace SdkChat.Api.ConsolePages.Files;

/// <summary>Folders of the console (section <c>Console</c>).</summary>
public sealed record ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>
    /// Development only: folder from which the console is served, such as <c>src/SdkChat.Api/wwwroot/console</c>; changed files are read
    /// again. Default: the embedded files.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Folder for the keys that encrypt cookies and state of a sign-in at a provider. All nodes need the same one. Required with
    /// <c>Console:SignIn</c>, except in Development, where keys are kept in memory by default.
    /// </summary>
    public string? KeyFolder { get; init; }
}
