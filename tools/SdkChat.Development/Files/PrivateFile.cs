using System.Runtime.InteropServices;

namespace SdkChat.Development.Files;

/// <summary>Files that only their owner may read, written atomically: a reader gets the old text, the new text or no file.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes the text and replaces an existing file.</summary>
    public static void Write(string path, string text) => File.Move(Draft(path, text), path, overwrite: true);

    /// <summary>
    /// Returns the file's text. If there is no file, it is created with the result of <paramref name="make"/>; of concurrent calls only one
    /// creates it.
    /// </summary>
    public static string ReadOrMake(string path, Func<string> make)
    {
        if (!File.Exists(path))
        {
            var draft = Draft(path, make());
            // File.Move checks and renames in two steps: of two concurrent calls, both could believe that they created the file.
            var isOurs = Link(draft, path) == 0;
            File.Delete(draft);
            if (!isOurs && !File.Exists(path))
                throw new IOException($"{path} cannot be made.");
        }

        return File.ReadAllText(path);
    }

    /// <summary>Creates a second name for the file, unless that name exists; atomic.</summary>
    [DllImport("libc", EntryPoint = "link"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    private static string Draft(string path, string text)
    {
        var draft = Path.Combine(Path.GetDirectoryName(path)!, Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        using var writer = new StreamWriter(draft, options);
        writer.Write(text);
        return draft;
    }
}
