using System.Runtime.InteropServices;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>What <c>tests/precompile</c> keeps, with a compiler that writes its version.</summary>
public sealed class PrecompileTests
{
    private const string Built = "as built";

    private static readonly string Package =
        "microsoft.netcore.app.crossgen2.linux-" + (RuntimeInformation.OSArchitecture == Architecture.X64 ? "x64" : "arm64");

    private ScriptTree _tree = null!;

    private string Assembly => Path.Combine(_tree.Root, "built/A.dll");

    [SetUp]
    public void Plant()
    {
        _tree = new ScriptTree();
        _tree.Add("tests/precompile");
        _tree.Write("built/A.dll", Built);
        _tree.Runtime("10.0.1");
    }

    [TearDown]
    public void Fell() => _tree.Dispose();

    [Test]
    public async Task Assembly_CompiledOnce_IsTakenFromWhatIsKept()
    {
        Compiler("10.0.1");
        (await RunAsync()).Should().Be("10.0.1");

        _tree.Write("built/A.dll", Built);

        (await RunAsync("--known")).Should().Be("10.0.1");
    }

    [Test]
    public async Task Compiler_OfAnotherVersion_CompilesAgain()
    {
        Compiler("10.0.1");
        await RunAsync();
        Compiler("10.0.2");
        _tree.Write("built/A.dll", Built);

        (await RunAsync()).Should().Be("10.0.2");
    }

    [Test]
    public async Task Runtime_OfAnotherVersion_CompilesAgain()
    {
        Compiler("10.0.1");
        await RunAsync();
        _tree.Runtime("10.0.2");
        _tree.Write("built/A.dll", Built);

        (await RunAsync("--known")).Should().Be(Built, "nothing is kept for it");
        (await RunAsync()).Should().Be("10.0.1");
    }

    [Test]
    public async Task Assembly_ThatWasNotCompiled_IsTriedAgainAfterThreeDays()
    {
        Compiler("10.0.1", "exit 1");
        (await RunAsync()).Should().Be(Built);
        Compiler("10.0.1");
        (await RunAsync()).Should().Be(Built, "others would be tried with each run");

        foreach (var file in Directory.GetFiles(Path.Combine(_tree.Root, "artifacts/native"), "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-5));
        await RunAsync();

        (await RunAsync()).Should().Be("10.0.1");
    }

    /// <summary>The folders above the temporary one may have files of these names, which are not meant for it.</summary>
    [Test]
    public async Task Compiler_ThatIsMissing_IsRestoredByRulesOfItsOwn()
    {
        (await RunAsync()).Should().Be(Built);

        _tree.Restored.Should().Contain(
            ["Directory.Build.props", "Directory.Build.targets", "Directory.Build.rsp", "Directory.Packages.props"]);
    }

    [Test]
    public async Task Script_WithoutAHome_EndsWell()
    {
        var finished = await _tree.RunAsync($"'{_tree.Root}/tests/precompile' --known '{_tree.Root}/built'", home: null);

        finished.Should().Match<Finished>(outcome => outcome.Code == 0 && outcome.Error.Length == 0);
    }

    private void Compiler(string version, string? command = null) =>
        _tree.Write($"packages/{Package}/{version}/tools/crossgen2", $"#!/bin/sh\n{command ?? $"printf {version} >\"$3\""}\n");

    /// <returns>What the assembly is afterwards.</returns>
    private async Task<string> RunAsync(string option = "")
    {
        var finished = await _tree.RunAsync(
            $"NUGET_PACKAGES='{_tree.Root}/packages' '{_tree.Root}/tests/precompile' {option} '{_tree.Root}/built'");
        finished.Code.Should().Be(0, finished.Error);
        return await File.ReadAllTextAsync(Assembly);
    }
}
