using System.Diagnostics;

namespace SdkChat.TestSupport;

/// <summary>A small file system in memory, for a server that runs out of space.</summary>
public sealed class SmallDisk : IDisposable
{
    private const int Piece = 64 * 1024;

    private SmallDisk(string folder) => Folder = folder;

    /// <summary>Why there can be none here, for a test that is skipped; null where there can.</summary>
    public static string? Obstacle { get; } = Environment.IsPrivilegedProcess ? TryMount() : "mounting a file system needs root";

    /// <summary>Empty, and the server's account's own.</summary>
    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    /// <param name="folder">Made, if it is not there.</param>
    public static SmallDisk Mount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        var owner = Output("id", "-u", "postgres").Trim();
        Output("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0700,uid={owner}", "tmpfs", folder);
        return new SmallDisk(folder);
    }

    /// <summary>Takes all space that is left.</summary>
    public void Fill()
    {
        using var file = File.Create(Filler, bufferSize: 0);
        var bytes = new byte[Piece];
        try
        {
            while (true)
                file.Write(bytes);
        }
        catch (IOException)
        {
            // Full, which is what it is for.
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose() => Output("umount", "-l", Folder);

    private static string? TryMount()
    {
        var folder = Directory.CreateTempSubdirectory("sdkchat-disk-").FullName;
        try
        {
            Mount(folder, 1).Dispose();
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    private static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.Trim()}");
    }
}
