using SdkChat.Api.CommandLine.Errors;
using SdkChat.Development.Files;

namespace SdkChat.Development.Instance;

/// <summary>The folder of one development instance: its cluster, its keys and its lock.</summary>
internal sealed class DataFolder
{
    public const string EnvironmentVariable = "SDKCHAT_DATA";

    private const string Default = ".data";

    private const string Solution = "SdkChat.sln";

    private DataFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>What a command needs besides to work on this folder: <c> --data '…'</c>, or nothing if it is the default.</summary>
    public string Option => Open(option: null).Path == Path ? "" : $" --data '{Path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>The address of a running <c>up</c>, or of the last one; null if there was none.</summary>
    public string? Address
    {
        get => File.Exists(AddressFile) ? File.ReadAllText(AddressFile) : null;
        set => PrivateFile.Write(AddressFile, value!);
    }

    private string AddressFile => System.IO.Path.Combine(Path, "address");

    private string ConnectionFile => System.IO.Path.Combine(Path, "connection-string");

    /// <param name="option">The value of <c>--data</c>; null for the environment variable, or else <c>.data</c> in the source tree.</param>
    public static DataFolder Open(string? option) =>
        new(
            System.IO.Path.GetFullPath(
                First(option, Environment.GetEnvironmentVariable(EnvironmentVariable))
                ?? System.IO.Path.Combine(SourceTree() ?? "", Default)));

    /// <summary>Creates the folder if it does not exist. A command that does not need it, as in Production, must not call this.</summary>
    public DataFolder Make()
    {
        try
        {
            Directory.CreateDirectory(Path);
            return this;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Path, exception);
        }
    }

    /// <summary>Locks the folder for this process; null if another process has it.</summary>
    public FileStream? TryLock()
    {
        Make();
        try
        {
            var @lock = new FileStream(System.IO.Path.Combine(Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // The process that shared a server here was killed.
            Unshare();
            return @lock;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Unusable(Path, exception);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Publishes the connection string of the server to other processes. The caller holds the lock.</summary>
    public void Share(string connectionString) => PrivateFile.Write(ConnectionFile, connectionString);

    public void Unshare() => File.Delete(ConnectionFile);

    /// <summary>The connection string of <see cref="Share"/>; null if there is none.</summary>
    public string? Shared()
    {
        try
        {
            return File.ReadAllText(ConnectionFile);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Unusable(Path, exception);
        }
    }

    /// <summary>
    /// The source tree that the program was built in, so that the default does not depend on the working directory of an IDE.
    /// </summary>
    private static string? SourceTree()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, Solution)))
            folder = folder.Parent;
        return folder?.FullName;
    }

    private static string? First(params string?[] texts) => texts.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    private static CommandFailedException Unusable(string path, Exception exception) =>
        new($"{path} cannot be used ({exception.Message.TrimEnd('.')}): choose another folder with --data.");
}
