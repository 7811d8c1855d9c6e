namespace SdkChat.Browser.Tests.Screenshots;

/// <summary><c>./sdkchat screenshots</c>: the console's main pages as pictures, with the demo's data.</summary>
internal static class Album
{
    /// <summary>A picture in a README that is larger than this is a nuisance.</summary>
    private const int MostBytes = 250 * 1024;

    public static async Task<int> MakeAsync(string[] args)
    {
        var every = Array.Find(args, IsEvery);
        if ((every is null ? args : args[1..]) is not [var folder] || folder.StartsWith('-'))
        {
            Console.WriteLine("screenshots [FOLDER]: makes the console's pictures (default: docs/images).");
            Console.WriteLine("screenshots --every-page FOLDER: every page, narrow to wide, in both themes and all languages.");
            Console.WriteLine("screenshots --every-state FOLDER: every dialog and state, on a phone and on a desk, in both themes and all languages.");
            return args is ["-h" or "--help"] ? 0 : 2;
        }

        Directory.CreateDirectory(folder);
        await using var studio = await Studio.OpenAsync();
        var tooLarge = false;
        foreach (var shot in every switch { "--every-page" => Shot.EveryPage(), "--every-state" => States.Every(), _ => Shot.All })
        {
            var file = Path.Combine(folder, $"console-{shot.Name}.png");
            await studio.TakeAsync(shot, file);
            var size = new FileInfo(file).Length;
            var isTooLarge = size > MostBytes && every is null;
            tooLarge |= isTooLarge;
            Console.WriteLine($"{file}  {size / 1024} KB{(isTooLarge ? ": too large" : "")}");
        }

        return tooLarge ? 1 : 0;
    }

    private static bool IsEvery(string word) => word.Equals("--every-page", StringComparison.Ordinal) || word.Equals("--every-state", StringComparison.Ordinal);
}
