using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace SdkChat.Api.ConsolePages.Files;

/// <summary>
/// The console's pages and assets, embedded in the assembly: they do not depend on the working directory, and no path can lead outside
/// them.
/// </summary>
internal sealed class ConsoleFiles
{
    private const string Root = "console/";
    private const string Page = ".html";
    private const string Manifest = ".webmanifest";
    private const string VersionMark = "{{version}}";
    private const string BaseMark = "{{base}}";
    private const int VersionBytes = 8;

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".html"] = "text/html; charset=utf-8",
        [".ico"] = "image/x-icon",
        [".js"] = "text/javascript; charset=utf-8",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".webmanifest"] = "application/manifest+json",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, ConsoleFile> _files;

    private ConsoleFiles(SortedDictionary<string, byte[]> contents, string pathBase)
    {
        Version = VersionOf(contents);
        _files = contents.ToFrozenDictionary(
            file => file.Key,
            file => new ConsoleFile(
                Types[Path.GetExtension(file.Key)],
                Path.GetExtension(file.Key) is Page or Manifest ? WithAddresses(file.Value, pathBase) : file.Value));
    }

    /// <summary>A hash of all files. It is part of every asset's address, so the content of an address never changes.</summary>
    public string Version { get; }

    /// <summary>A page by its name, such as <c>tenant</c>.</summary>
    public ConsoleFile PageOf(string name) => _files[name + Page];

    /// <summary>An asset by its path below <c>wwwroot/console</c>; null if there is none.</summary>
    public ConsoleFile? Asset(string path) => path.EndsWith(Page, StringComparison.Ordinal) ? null : _files.GetValueOrDefault(path);

    /// <summary>Whether the text has the form of a version, of this build or another.</summary>
    public static bool IsVersion(string text) => text.Length == VersionBytes * 2 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The embedded files.</summary>
    /// <param name="pathBase">The path below which the service is served; empty for none.</param>
    public static ConsoleFiles Embedded(string pathBase)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var contents = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Root, StringComparison.Ordinal)))
        {
            using var content = new MemoryStream();
            using var resource = assembly.GetManifestResourceStream(name)!;
            resource.CopyTo(content);
            contents[name[Root.Length..]] = content.ToArray();
        }

        return new ConsoleFiles(contents, pathBase);
    }

    /// <summary>The current files of a folder.</summary>
    public static ConsoleFiles In(string folder, string pathBase)
    {
        var contents = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file
            in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Types.ContainsKey(Path.GetExtension(file))))
            contents[Path.GetRelativePath(folder, file)] = File.ReadAllBytes(file);
        return new ConsoleFiles(contents, pathBase);
    }

    private static string VersionOf(SortedDictionary<string, byte[]> contents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, content) in contents)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path));
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, VersionBytes));
    }

    private byte[] WithAddresses(byte[] page, string pathBase) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(page).Replace(VersionMark, Version, StringComparison.Ordinal)
            .Replace(BaseMark, pathBase, StringComparison.Ordinal));
}
