using SdkChat.Infrastructure.EmbeddedPostgres;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>The folder of one development instance: its cluster, its keys, and who is using it.</summary>
internal sealed class DataFolder
{
    public const string EnvironmentVariable = "SDKCHAT_DATA";

    private const string Default = ".data";

    private DataFolder(string path) => Path = path;

    public string Path { get; }

    private string ConnectionFile => System.IO.Path.Combine(Path, "connection-string");

    /// <param name="option">What <c>--data</c> says; null: the environment variable, else <c>.data</c>.</param>
    public static DataFolder Open(string? option)
    {
        var path = System.IO.Path.GetFullPath(option ?? Environment.GetEnvironmentVariable(EnvironmentVariable) ?? Default);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{path} cannot be made ({exception.Message}) Choose another folder with --data.");
        }

        return new DataFolder(path);
    }

    /// <summary>Takes the folder for this process; null when another has it.</summary>
    public FileStream? TryLock()
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Tells other processes how to reach the server of whoever has the lock.</summary>
    public void Publish(string connectionString) => PrivateFile.Write(ConnectionFile, connectionString);

    public void Unpublish() => File.Delete(ConnectionFile);

    /// <summary>What <see cref="Publish"/> told; null while it has not.</summary>
    public string? Published() => File.Exists(ConnectionFile) ? File.ReadAllText(ConnectionFile) : null;
}
