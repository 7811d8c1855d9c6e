namespace SdkChat.TestSupport;

/// <summary>The source tree that these tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A file or folder of the tree, such as <c>docs/openapi.json</c>.</summary>
    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string Find(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "SdkChat.sln"))
            ? folder
            : Find(
                System.IO.Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("These tests run inside the source tree."));
}
