namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>The folder for files that are made again when they are missing: <c>sdkchat</c> in the user's cache.</summary>
internal static class CacheFolder
{
    public const string EnvironmentVariable = "XDG_CACHE_HOME";

    private const string Name = "sdkchat";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>If the server has another account, that account passes through to files of its own, and can list nothing.</summary>
    private static readonly UnixFileMode Mode = ServerAccount.IsOther
        ? OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
        : OwnerOnly;

    /// <summary>Creates the folder if it does not exist.</summary>
    /// <exception cref="EmbeddedPostgresException">
    /// There is no place for it, or it belongs to another user, who could change what is in it.
    /// </exception>
    public static string Make()
    {
        var folder = Path.Combine(Parent(), Name);
        try
        {
            if (new FileInfo(folder).LinkTarget is not null)
                throw new EmbeddedPostgresException($"{folder} is a symbolic link, which another user may change.");
            Directory.CreateDirectory(folder, Mode);
            if (!ServerAccount.TryRun(["test", "-O", folder], out _))
                throw new EmbeddedPostgresException($"{folder} belongs to another user.");
            File.SetUnixFileMode(folder, Mode);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException($"{folder} cannot be used ({exception.Message.TrimEnd('.')}).", exception);
        }
    }

    private static string Parent()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } configured && Path.IsPathFullyQualified(configured))
            return configured;
        // Root may have the home of the user who called it.
        if (ServerAccount.IsOther)
            return "/var/cache";
        return Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home && Path.IsPathFullyQualified(home)
            ? Path.Combine(home, ".cache")
            : throw new EmbeddedPostgresException($"Neither {EnvironmentVariable} nor HOME names a folder.");
    }
}
