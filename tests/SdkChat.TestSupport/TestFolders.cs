namespace SdkChat.TestSupport;

/// <summary>Folders for the files of servers that tests start. One that a killed run left is removed by the next run.</summary>
public static class TestFolders
{
    private const string Prefix = "sdkchat-test-";

    private const long Room = 4L << 30;

    /// <summary>
    /// In memory where there is room: tests make and drop a thousand databases, each of some hundred files, and a new cluster waits for the
    /// disk for longer than for the processor.
    /// </summary>
    private static readonly string Home =
        new DriveInfo("/dev/shm") is { IsReady: true } memory && memory.AvailableFreeSpace > Room ? memory.Name : Path.GetTempPath();

    static TestFolders() => RemoveWhatKilledRunsLeft();

    /// <param name="isOpen">Whether other accounts may pass through it, as that of a server must. What is inside has its own locks.</param>
    public static string Create(bool isOpen = true)
    {
        const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var folder = Directory.CreateDirectory(Path.Combine(Home, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():n}"), Closed).FullName;
        if (isOpen)
            File.SetUnixFileMode(folder, Closed | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return folder;
    }

    /// <summary>A test host that is killed stops its servers all the same, but leaves their folders.</summary>
    private static void RemoveWhatKilledRunsLeft()
    {
        foreach (var folder in Directory.GetDirectories(Home, Prefix + "*"))
        {
            var process = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (Directory.Exists($"/proc/{process}"))
                continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Its server is on its way down and still writes, another test process removes it, or it is of another account.
            }
        }
    }
}
