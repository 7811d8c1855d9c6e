using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SdkChat.Development.Files;

namespace SdkChat.Development.SignIn;

/// <summary>
/// Links that sign a user in with one click, on a development instance. A link is a file in the instance's data folder, named by the hash
/// of its code. Using it moves the file away, so it works once, on any node that shares the folder, and any command can create one while
/// the service runs.
/// </summary>
internal sealed class SignInLinks(string dataFolder, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int CodeBytes = 24;

    private readonly string _folder = Path.Combine(dataFolder, "sign-in");

    /// <returns>The code for the token.</returns>
    public string Make(string scheme, string token, DateTimeOffset expiresAt)
    {
        Directory.CreateDirectory(_folder);
        RemoveOld();
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CodeBytes));
        PrivateFile.Write(FileOf(code), JsonSerializer.Serialize(new SignInLink(scheme, token, expiresAt, clock.GetUtcNow() + Lifetime)));
        return code;
    }

    /// <summary>Returns the token of the code, once; null if the code was used, is too old or is invalid.</summary>
    public SignInLink? Use(string code)
    {
        var (file, ours) = (FileOf(code), Path.Combine(_folder, Path.GetRandomFileName()));
        try
        {
            File.Move(file, ours);
        }
        catch (IOException)
        {
            return null;
        }

        var link = Read(ours);
        File.Delete(ours);
        return IsUsable(link) ? link : null;
    }

    private void RemoveOld()
    {
        foreach (var file in Directory.EnumerateFiles(_folder).Where(file => !IsUsable(Read(file))))
            File.Delete(file);
    }

    private bool IsUsable(SignInLink? link) => link is not null && clock.GetUtcNow() < link.UsableUntil;

    private static SignInLink? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<SignInLink>(File.ReadAllText(file));
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            // Another request took it, or it is incomplete.
            return null;
        }
    }

    private string FileOf(string code) => Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code))));
}
