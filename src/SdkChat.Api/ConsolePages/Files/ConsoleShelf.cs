using Microsoft.Extensions.Options;
using SdkChat.Api.Proxies;

namespace SdkChat.Api.ConsolePages.Files;

/// <summary>Provides the console's files: the embedded ones, or in Development those of the configured folder.</summary>
internal sealed class ConsoleShelf(IOptions<ConsoleOptions> options, IOptions<ProxyOptions> proxies, IHostEnvironment environment)
{
    private readonly Lazy<ConsoleFiles> _built = new(() => ConsoleFiles.Embedded(proxies.Value.PathBase));

    private volatile Tuple<long, ConsoleFiles>? _read;

    public ConsoleFiles Files =>
        environment.IsDevelopment() && options.Value.Folder is { Length: > 0 } folder ? Read(folder) : _built.Value;

    /// <summary>Reads the files again if one was changed, added or removed.</summary>
    private ConsoleFiles Read(string folder)
    {
        // The ticks of 15 files exceed a long: the sum wraps around.
        var stamp = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Aggregate(0L, (sum, entry) => unchecked(sum + File.GetLastWriteTimeUtc(entry).Ticks));
        if (_read is { } read && read.Item1 == stamp)
            return read.Item2;

        var files = ConsoleFiles.In(folder, proxies.Value.PathBase);
        _read = Tuple.Create(stamp, files);
        return files;
    }
}
