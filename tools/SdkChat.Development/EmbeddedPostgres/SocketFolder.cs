using System.Security.Cryptography;
using System.Text;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>
/// Where the server's socket is: in the cluster's home, or, where that path is too long or has characters that mean something
/// in a list of hosts, in a short private folder of its own.
/// </summary>
internal sealed class SocketFolder
{
    /// <summary>The kernel's limit for a socket's path, in bytes.</summary>
    private const int MaxSocketPath = 107;

    /// <summary>What PostgreSQL appends.</summary>
    private const string SocketName = "/.s.PGSQL.5432";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly bool _isHome;

    public SocketFolder(string home)
    {
        _isHome = Fits(home) && home.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._- ".Contains(letter, StringComparison.Ordinal));
        Path = _isHome ? home : Elsewhere(home);
    }

    public string Path { get; }

    /// <summary>Makes the folder where it is not the cluster's home, which is there.</summary>
    /// <exception cref="EmbeddedPostgresException">Somebody else has a folder of that name.</exception>
    public void Make()
    {
        if (_isHome)
            return;

        Directory.CreateDirectory(Path, OwnerOnly);
        try
        {
            // Fails on a folder that another user put there, who could otherwise listen in.
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

    /// <summary>Once the server has stopped.</summary>
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
