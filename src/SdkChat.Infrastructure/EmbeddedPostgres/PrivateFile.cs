namespace SdkChat.Infrastructure.EmbeddedPostgres;

/// <summary>Files that only their owner may read.</summary>
public static class PrivateFile
{
    /// <summary>Writes the text into a file of mode 0600, which replaces one that is there in a single step.</summary>
    public static void Write(string path, string text)
    {
        var draft = path + ".draft";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var writer = new StreamWriter(draft, options))
            writer.Write(text);
        File.Move(draft, path, overwrite: true);
    }
}
