namespace SdkChat.Api.ConsolePages.Files;

/// <summary>Where the console comes from (section <c>Console</c>).</summary>
public sealed record ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>
    /// For working on the console, in Development alone: a folder, such as <c>src/SdkChat.Api/wwwroot/console</c>, that it is read
    /// from whenever a file has changed. Default: what was built.
    /// </summary>
    public string? Folder { get; init; }
}
