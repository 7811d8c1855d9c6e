using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.TypeScript;

/// <summary>What <c>npm pack</c> makes of the TypeScript client: its build is not in the repository.</summary>
public sealed class NpmPackageTests
{
    private const string Released = "clients/typescript/api/released.d.ts";

    private NodeFolder _client = null!;

    private string Package => Path.Combine(_client.Folder, "unpacked", "package");

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        _client = await NodeFolder.PrepareAsync("clients/typescript");
        Directory.CreateDirectory(Path.Combine(_client.Folder, "dist", "src"));
        await File.WriteAllTextAsync(Path.Combine(_client.Folder, "dist", "src", "stale.js"), "// of an earlier build");
        Directory.CreateDirectory(Path.Combine(_client.Folder, "unpacked"));
        var (code, output) = await _client.RunAsync("sh", "-c", "npm pack --loglevel=error && tar -xzf sdkchat-client-*.tgz -C unpacked");
        code.Should().Be(0, output);
    }

    /// <summary>The build that npm pack itself made, from nothing: what an earlier one left is gone, and every module is there.</summary>
    [Test]
    public void Package_HoldsWhatAFreshBuildMakes_AndNothingElse()
    {
        var packed = Files(Path.Combine(Package, "dist", "src"));

        packed.Should().BeEquivalentTo(Files(Path.Combine(_client.Folder, "dist", "src")));
        packed.Keys.Should().BeEquivalentTo(
            Directory.GetFiles(Repository.Path("clients/typescript/src"), "*.ts").Select(source => Path.GetFileNameWithoutExtension(source))
                .SelectMany(module => new[] { $"{module}.js", $"{module}.js.map", $"{module}.d.ts" }));
        Files(Package).Keys.Where(file => !file.StartsWith("dist/src/", StringComparison.Ordinal))
            .Should().BeEquivalentTo("package.json", "README.md");
    }

    /// <summary>
    /// npm must run the package's own script, prepack, so .npmrc cannot switch scripts off. None of a dependency may run instead.
    /// </summary>
    [Test]
    public async Task Dependencies_HaveNoScriptsOfTheirOwn() =>
        (await File.ReadAllTextAsync(Path.Combine(_client.Folder, "package-lock.json")))
            .Should().Contain("\"lockfileVersion\": 3").And.NotContain("hasInstallScript");

    [Test]
    public async Task Api_TakesNothingFromTheReleased()
    {
        var current = TypeScriptApi.Report(Path.Combine(Package, "dist", "src"));
        if (Environment.GetEnvironmentVariable("SDKCHAT_RELEASE") == "1")
            await File.WriteAllTextAsync(Repository.Path(Released), current);

        TypeScriptApi.Losses(await File.ReadAllTextAsync(Repository.Path(Released)), current).Should().BeEmpty(
            "code that uses the last release must compile: CONTRIBUTING.md, \"Compatibility\"");
    }

    [TestCase("    baseUrl?: string;\n", "")]
    [TestCase("    token?: TokenSource;", "    token: TokenSource;")]
    [TestCase("getChat(chat_id: string)", "getChat(chat_id: number)")]
    [TestCase("export declare class SdkChatError", "declare class SdkChatError")]
    public async Task Losses_SomethingIsRemovedOrNarrowed_AreFound(string was, string @is)
    {
        var released = await File.ReadAllTextAsync(Repository.Path(Released));
        released.Should().Contain(was);

        TypeScriptApi.Losses(released, released.Replace(was, @is, StringComparison.Ordinal)).Should().NotBeEmpty();
    }

    [Test]
    public async Task Losses_SomethingIsAdded_AreNone()
    {
        var released = await File.ReadAllTextAsync(Repository.Path(Released));

        TypeScriptApi.Losses(
            released, released.Replace("    baseUrl?: string;\n", "    baseUrl?: string;\n    extra?: string;\n", StringComparison.Ordinal))
            .Should().BeEmpty();
    }

    private static Dictionary<string, string> Files(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllText);
}
