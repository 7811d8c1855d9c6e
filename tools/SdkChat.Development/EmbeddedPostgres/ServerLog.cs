using System.Text;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>The log of an embedded server, which has the reason why the server ended.</summary>
/// <param name="file">The path of the log.</param>
/// <param name="dataFolder">The development folder, for the sentence about a full disk.</param>
internal sealed class ServerLog(string file, string dataFolder)
{
    /// <summary>The text of the C library for ENOSPC; the server's messages are English.</summary>
    private const string DiskFull = "No space left on device";

    private const int MostBytes = 16 * 1024;

    private long _begin;

    public string File => file;

    /// <summary>From now on only new lines count: older ones are about earlier runs.</summary>
    public void Begin() => _begin = System.IO.File.Exists(file) ? new FileInfo(file).Length : 0;

    /// <summary>Why the server does not run, and what to do: the end of a sentence, without a full stop.</summary>
    public string Explain()
    {
        var lines = ReadEnd();
        if (ExplainFullDisk(lines) is { } sentence)
            return sentence;
        var reason = lines.LastOrDefault(
            line => line.Contains("PANIC:", StringComparison.Ordinal) || line.Contains("FATAL:", StringComparison.Ordinal));
        return reason is null ? $"see {file}" : $"{reason.Trim().TrimEnd('.')} (see {file})";
    }

    /// <summary>The same if the newest lines say that the disk is full; else null.</summary>
    public string? ExplainFullDisk() => ExplainFullDisk(ReadEnd());

    private string? ExplainFullDisk(IEnumerable<string> lines) => lines.Any(line => line.Contains(DiskFull, StringComparison.Ordinal))
        ? $"the disk of {dataFolder} is full. Free some space on it, or choose a folder on another disk with --data"
        : null;

    private string[] ReadEnd()
    {
        if (!System.IO.File.Exists(file))
            return [];

        using var log = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        log.Position = Math.Min(log.Length, Math.Max(_begin, log.Length - MostBytes));
        using var reader = new StreamReader(log, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
