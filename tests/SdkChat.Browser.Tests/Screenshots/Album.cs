namespace SdkChat.Browser.Tests.Screenshots;

/// <summary><c>./sdkchat screenshots</c>: the console's main pages as pictures, with the demo's data.</summary>
internal static class Album
{
    /// <summary>A picture in a README that is larger than this is a nuisance.</summary>
    private const int MostBytes = 250 * 1024;

    public static async Task<int> MakeAsync(string[] args)
    {
        var every = Array.Find(args, IsEvery);
        if (FolderAndPart(every is null ? args : args[1..], every) is not var (folder, part))
        {
            Console.WriteLine("screenshots [FOLDER]: makes the console's pictures (default: docs/images).");
            Console.WriteLine("screenshots --every-page FOLDER [PART]: every page, narrow to wide, in both themes and all languages.");
            Console.WriteLine(
                "screenshots --every-state FOLDER [PART]: every dialog and state, on a phone and on a desk, in both themes "
                + "and all languages.");
            Console.WriteLine(
                "PART: only pictures whose name has it, such as audit-390 or dark-ko. A picture that fails is reported, "
                + "and the others are made.");
            return args is ["-h" or "--help"] ? 0 : 2;
        }

        Directory.CreateDirectory(folder);
        await using var studio = await Studio.OpenAsync();
        var failed = new List<string>();
        foreach (var shot in Shots(every).Where(shot => shot.Name.Contains(part, StringComparison.Ordinal)))
        {
            if (!await TakeAsync(studio, shot, Path.Combine(folder, $"console-{shot.Name}.png"), every is null))
                failed.Add(shot.Name);
        }

        if (failed.Count > 0)
            await Console.Error.WriteLineAsync($"{failed.Count} pictures failed: {string.Join(", ", failed)}");
        return failed.Count == 0 ? 0 : 1;
    }

    /// <summary>Whether the picture was made, and is small enough for the docs where that matters.</summary>
    private static async Task<bool> TakeAsync(Studio studio, Shot shot, string file, bool isForDocs)
    {
        try
        {
            await studio.TakeAsync(shot, file);
        }
        catch (FailedPictureException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return false;
        }

        var size = new FileInfo(file).Length;
        var isTooLarge = isForDocs && size > MostBytes;
        Console.WriteLine($"{file}  {size / 1024} KB{(isTooLarge ? ": too large" : "")}");
        return !isTooLarge;
    }

    private static IEnumerable<Shot> Shots(string? every) =>
        every switch { "--every-page" => Shot.EveryPage(), "--every-state" => States.Every(), _ => Shot.All };

    private static (string Folder, string Part)? FolderAndPart(string[] args, string? every) => args switch
    {
        [var folder] when !folder.StartsWith('-') => (folder, ""),
        [var folder, var part] when every is not null && !folder.StartsWith('-') => (folder, part),
        _ => null,
    };

    private static bool IsEvery(string word) =>
        word.Equals("--every-page", StringComparison.Ordinal) || word.Equals("--every-state", StringComparison.Ordinal);
}
