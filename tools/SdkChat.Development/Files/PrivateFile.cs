using System.Runtime.InteropServices;

namespace SdkChat.Development.Files;

/// <summary>Files that only their owner may read, there in one step: whoever looks sees the old text, the new one or none.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes the text, over a file that is there.</summary>
    public static void Write(string path, string text) => File.Move(Draft(path, text), path, overwrite: true);

    /// <summary>The file's text; where there is no file yet, what <paramref name="make"/> gives, once, whoever else asks at the same time.</summary>
    public static string ReadOrMake(string path, Func<string> make)
    {
        if (!File.Exists(path))
        {
            var draft = Draft(path, make());
            // File.Move looks first and renames then: of two that look at once both would believe to be the first.
            var isOurs = Link(draft, path) == 0;
            File.Delete(draft);
            if (!isOurs && !File.Exists(path))
                throw new IOException($"{path} cannot be made.");
        }

        return File.ReadAllText(path);
    }

    /// <summary>Gives the file another name, unless that name is taken: in one step.</summary>
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
