using System.Diagnostics;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.CSharp;

/// <summary>Where the version comes from: the newest tag, a given one, or a fixed one where there is no repository or no git.</summary>
public sealed class VersionTests
{
    private static readonly string DotNet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Programs.Find("dotnet")!;

    private readonly string _tree = Directory.CreateTempSubdirectory("sdkchat-version-").FullName;

    /// <summary>The build's own files, and the project with what restore has made of it.</summary>
    [OneTimeSetUp]
    public async Task CopyAsync()
    {
        foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json" })
            File.Copy(Repository.Path(file), Path.Combine(_tree, file));
        var project = Path.Combine(_tree, "clients", "csharp", "SdkChat.Client");
        Directory.CreateDirectory(project);
        foreach (var file in Directory.GetFiles(Repository.Path("clients/csharp/SdkChat.Client")))
            File.Copy(file, Path.Combine(project, Path.GetFileName(file)));
        await RunAsync(DotNet, null, "restore", project);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_tree, recursive: true);

    [Test, Order(1)]
    public async Task Version_WithoutARepository_IsFixedAndNoWarning() => (await VersionAsync()).Should().Be("0.2.0-alpha.0\n");

    [Test, Order(2)]
    public async Task Version_Given_IsThat() => (await VersionAsync("-p:MinVerVersionOverride=1.2.3")).Should().Be("1.2.3\n");

    [Test, Order(3)]
    public async Task Version_OfATag_IsTheTags()
    {
        if (Programs.Find("git") is null)
            Assert.Ignore("git is not installed.");
        await RunAsync("git", null, "init", "--quiet", _tree);
        await RunAsync(
            "git", null, "-C", _tree, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--allow-empty",
            "--message", "Release");

        (await VersionAsync()).Should().Be("0.2.0-alpha.0\n", "there is no tag");
        await RunAsync("git", null, "-C", _tree, "tag", "v0.3.0");
        (await VersionAsync()).Should().Be("0.3.0\n");
    }

    [Test, Order(4)]
    public async Task Version_WithoutGit_IsFixedAndNoWarning()
    {
        var path = Directory.CreateDirectory(Path.Combine(_tree, "path")).FullName;
        File.CreateSymbolicLink(Path.Combine(path, "sh"), "/bin/sh");

        (await RunAsync(DotNet, path, Arguments())).Should().Be("0.2.0-alpha.0\n");
    }

    private Task<string> VersionAsync(params string[] more) => RunAsync(DotNet, null, Arguments(more));

    private string[] Arguments(params string[] more) =>
        ["msbuild", Path.Combine(_tree, "clients/csharp/SdkChat.Client"), "-t:MinVer", "-warnAsError", "-getProperty:Version", .. more];

    private async Task<string> RunAsync(string program, string? path, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["MSBUILDDISABLENODEREUSE"], start.Environment["DOTNET_NOLOGO"]) = ("1", "1");
        // The SDK leaves two empty folders where temporary files go.
        start.Environment["TMPDIR"] = _tree;
        if (path is not null)
            start.Environment["PATH"] = path;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, output + await error);
        return output;
    }
}
