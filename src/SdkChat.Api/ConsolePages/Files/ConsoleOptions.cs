namespace SdkChat.Api.ConsolePages.Files;

/// <summary>Files of the console (section <c>Console</c>).</summary>
public sealed record ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>
    /// Development only: folder from which the console is served, such as <c>src/SdkChat.Api/wwwroot/console</c>; changed files are read
    /// again. Default: the embedded files.
    /// </summary>
    public string? Folder { get; init; }
}
