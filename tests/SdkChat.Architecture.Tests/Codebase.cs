using System.Reflection;

namespace SdkChat.Architecture.Tests;

/// <summary>The code base that the rules check: its assemblies and its sources.</summary>
internal static class Codebase
{
    public static readonly Assembly Domain = typeof(Domain.Chats.Chat).Assembly;
    public static readonly Assembly Application = typeof(Application.DependencyInjection).Assembly;
    public static readonly Assembly Infrastructure = typeof(Infrastructure.DependencyInjection).Assembly;
    public static readonly Assembly Api = typeof(Api.Hosting.ApiHost).Assembly;

    /// <summary>Deliberate violations, one a rule: the proof that each rule can fail.</summary>
    public static readonly Assembly Violations = typeof(Codebase).Assembly;

    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the tree, such as <c>docs/openapi.json</c>.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static IEnumerable<SourceFile> Sources(string folder) =>
        from path in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root, path)
        where !relative.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
        select new SourceFile(relative, File.ReadAllText(path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SdkChat.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}

/// <param name="Path">Relative to the root of the repository.</param>
internal sealed record SourceFile(string Path, string Text);
