namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>The files of the source tree, without what builds and installs leave.</summary>
internal static class Tree
{
    private static readonly string[] Left = ["bin", "obj", "node_modules", "artifacts", ".git", ".data", "dist", "TestResults"];

    /// <param name="pattern">Of the name, such as <c>*.md</c>.</param>
    /// <returns>Paths relative to the root of the repository, in order.</returns>
    public static IEnumerable<string> Files(string pattern) =>
        Under(new DirectoryInfo(Codebase.Root), pattern).Select(file => Path.GetRelativePath(Codebase.Root, file.FullName))
            .Order(StringComparer.Ordinal);

    /// <summary>Every page of documentation. The contract is not ours to change, and the changelog speaks of the past.</summary>
    public static IEnumerable<SourceFile> Pages { get; } =
    [
        .. Files("*.md").Where(path => path is not ("docs/contract.md" or "CHANGELOG.md"))
            .Select(path => new SourceFile(path, File.ReadAllText(Codebase.PathOf(path)))),
    ];

    private static IEnumerable<FileInfo> Under(DirectoryInfo folder, string pattern) =>
        folder.EnumerateFiles(pattern)
            .Concat(folder.EnumerateDirectories().Where(inner => !Left.Contains(inner.Name)).SelectMany(inner => Under(inner, pattern)));
}
