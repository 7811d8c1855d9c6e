using SdkChat.Api.CommandLine.Errors;
using SdkChat.Development.Files;

namespace SdkChat.Development.Instance;

/// <summary>The folder of one development instance: its cluster, its keys, and who is using it.</summary>
internal sealed class DataFolder
{
    public const string EnvironmentVariable = "SDKCHAT_DATA";

    private const string Default = ".data";

    private const string Solution = "SdkChat.sln";

    private DataFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Where a running <c>up</c> is reached, or the last one was; null when there was none.</summary>
    public string? Address
    {
        get => File.Exists(AddressFile) ? File.ReadAllText(AddressFile) : null;
        set => PrivateFile.Write(AddressFile, value!);
    }

    private string AddressFile => System.IO.Path.Combine(Path, "address");

    private string ConnectionFile => System.IO.Path.Combine(Path, "connection-string");

    /// <param name="option">What <c>--data</c> says; null: the environment variable, else <c>.data</c> in the source tree.</param>
    public static DataFolder Open(string? option) =>
        new(System.IO.Path.GetFullPath(First(option, Environment.GetEnvironmentVariable(EnvironmentVariable)) ?? System.IO.Path.Combine(SourceTree() ?? "", Default)));

    /// <summary>Makes the folder unless it is there. A verb that needs nothing of it, as in Production, leaves none behind.</summary>
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

    /// <summary>Takes the folder for this process; null when another has it.</summary>
    public FileStream? TryLock()
    {
        Make();
        try
        {
            var @lock = new FileStream(System.IO.Path.Combine(Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // Whoever shared a server here was killed.
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

    /// <summary>Tells other processes how to reach the server of whoever has the lock.</summary>
    public void Share(string connectionString) => PrivateFile.Write(ConnectionFile, connectionString);

    public void Unshare() => File.Delete(ConnectionFile);

    /// <summary>What <see cref="Share"/> told; null while it has not.</summary>
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

    /// <summary>The source tree that the program was built in, so that the default does not depend on the working directory of an IDE.</summary>
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
