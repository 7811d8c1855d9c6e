using System.Security.Cryptography;
using System.Text;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>
/// The folder of the server's socket: the cluster's home or, if that path is too long or has characters with a meaning in a list of hosts,
/// a short private folder.
/// </summary>
internal sealed class SocketFolder
{
    /// <summary>The kernel's limit for a socket's path, in bytes.</summary>
    private const int MaxSocketPath = 107;

    /// <summary>The name that PostgreSQL appends.</summary>
    private const string SocketName = "/.s.PGSQL.5432";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly bool _isHome;

    public SocketFolder(string home)
    {
        _isHome = Fits(home) && home.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._- ".Contains(letter, StringComparison.Ordinal));
        Path = _isHome ? home : Elsewhere(home);
    }

    public string Path { get; }

    /// <summary>Creates the folder, unless it is the cluster's home, which exists.</summary>
    /// <exception cref="EmbeddedPostgresException">Another user owns a folder of that name.</exception>
    public void Make()
    {
        if (_isHome)
            return;

        Directory.CreateDirectory(Path, OwnerOnly);
        try
        {
            // Fails for a folder that another user created, who could otherwise access the socket.
            if (new DirectoryInfo(Path).LinkTarget is null)
                File.SetUnixFileMode(Path, OwnerOnly);
            else
                throw new UnauthorizedAccessException();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EmbeddedPostgresException($"{Path} is another user's: delete it.", exception);
        }

        ServerAccount.Own(Path);
    }

    /// <summary>Removes the folder. Call it after the server has stopped.</summary>
    public void Remove()
    {
        if (!_isHome && Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    private static bool Fits(string folder) => Encoding.UTF8.GetByteCount(folder + SocketName) <= MaxSocketPath;

    private static string Elsewhere(string home)
    {
        var name = $"sdkchat-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..16]}";
        var folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), name);
        return Fits(folder) ? folder : System.IO.Path.Combine("/tmp", name);
    }
}
