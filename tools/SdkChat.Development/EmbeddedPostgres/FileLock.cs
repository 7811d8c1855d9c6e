namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>A lock between processes, on a file that stays. It ends with the process that holds it, however that ends.</summary>
internal static class FileLock
{
    /// <summary>EAGAIN: another process has the lock.</summary>
    private const int IsLocked = 11;

    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>No other user can open the file, and so lock it.</summary>
    private static readonly FileStreamOptions Options = new()
    {
        Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    };

    /// <returns>Ends the lock when it is disposed.</returns>
    /// <exception cref="EmbeddedPostgresException">Another process holds it for minutes.</exception>
    public static async Task<FileStream> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        for (var started = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(path, Options);
            }
            catch (IOException exception) when (exception.HResult == IsLocked)
            {
                if (TimeProvider.System.GetElapsedTime(started) > WaitLimit)
                    throw new EmbeddedPostgresException($"Another process holds {path} for minutes.", exception);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
