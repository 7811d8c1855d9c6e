using Microsoft.Extensions.Options;

namespace SdkChat.Api.ConsolePages.Files;

/// <summary>Hands out the console's files: those of the build, or of the folder that somebody is working in.</summary>
internal sealed class ConsoleShelf(IOptions<ConsoleOptions> options, IHostEnvironment environment)
{
    private readonly Lazy<ConsoleFiles> _built = new(ConsoleFiles.Embedded);

    private volatile Tuple<long, ConsoleFiles>? _read;

    public ConsoleFiles Files => environment.IsDevelopment() && options.Value.Folder is { Length: > 0 } folder ? Read(folder) : _built.Value;

    /// <summary>Read again when a file was touched, or there are more of them, or fewer.</summary>
    private ConsoleFiles Read(string folder)
    {
        // The ticks of 15 files exceed a long: the sum wraps around.
        var stamp = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Aggregate(0L, (sum, entry) => unchecked(sum + File.GetLastWriteTimeUtc(entry).Ticks));
        if (_read is { } read && read.Item1 == stamp)
            return read.Item2;

        var files = ConsoleFiles.In(folder);
        _read = Tuple.Create(stamp, files);
        return files;
    }
}
