using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary><c>up --ephemeral</c>, with a folder for temporary files of its own.</summary>
public sealed class EphemeralTests
{
    private const string OtherHomes = "/var/lib/sdkchat";

    /// <summary>One for all tests, so that the first of them makes the template.</summary>
    private string _cache = null!;

    private Instance _instance = null!;
    private Snippets _snippets = null!;

    private string Temporary => Path.Combine(_snippets.Folder, "tmp");

    [OneTimeSetUp]
    public void MakeCache()
    {
        _cache = Directory.CreateTempSubdirectory("sdkchat-front-").FullName;
        File.SetUnixFileMode(_cache, File.GetUnixFileMode(_cache) | UnixFileMode.OtherExecute);
    }

    [OneTimeTearDown]
    public void RemoveCache() => Directory.Delete(_cache, recursive: true);

    [SetUp]
    public void MakeFolder()
    {
        _instance = new Instance();
        Directory.CreateDirectory(_instance.Folder);
        _snippets = new Snippets(_instance, new Uri("http://127.0.0.1:5080"));
        Directory.CreateDirectory(Temporary);
    }

    [TearDown]
    public async Task RemoveFolderAsync()
    {
        _snippets.Dispose();
        await _instance.DisposeAsync();
    }

    [Test]
    public async Task Ci_Block_ServesAndLeavesNothing()
    {
        var ended = await _snippets.RunAsync(
            $"export TMPDIR='{Temporary}' XDG_CACHE_HOME='{_cache}'\n{Snippets.Block("docs/ci.md", "sh", "--ephemeral")}");

        ended.Code.Should().Be(0, ended.Error);
        ended.Output.Should().Contain("\"status\":\"active\"").And.Contain("\"tenant_code\":\"demo\"");
        File.ReadAllLines(Path.Combine(_snippets.Folder, "sdkchat.json")).Should().ContainSingle();
        ShouldLeaveNothing();
    }

    [Test]
    public async Task Up_InterruptedDuringItsStart_LeavesNothing()
    {
        await using var up = SdkChatProgram.Start(["up", "--ephemeral"], ("TMPDIR", Temporary), ("XDG_CACHE_HOME", _cache));
        await Eventually.TrueAsync(() => Directory.EnumerateFileSystemEntries(Temporary).Any());

        up.Signal("INT");

        (await up.EndAsync()).Code.Should().Be(0);
        ShouldLeaveNothing();
    }

    [Test]
    public async Task Up_TwoAtOnceWithoutATemplate_MakeOneAndServeEach()
    {
        await using var one = Start();
        await using var other = Start();

        var lines = await Task.WhenAll(one.LineAsync("url"), other.LineAsync("url"));

        lines.Should().OnlyHaveUniqueItems();
        Directory.GetDirectories(Path.Combine(_cache, "other", "sdkchat")).Should().ContainSingle();
        foreach (var up in new[] { one, other })
        {
            up.Signal("TERM");
            (await up.EndAsync()).Code.Should().Be(0);
        }

        ShouldLeaveNothing();

        SdkChatProgram Start() =>
            SdkChatProgram.Start(["up", "--ephemeral"], ("TMPDIR", Temporary), ("XDG_CACHE_HOME", Path.Combine(_cache, "other")));
    }

    [Test]
    public async Task Up_CacheThatCannotBeUsed_ServesAndSaysWhatThatCosts()
    {
        await using var up = SdkChatProgram.Start(["up", "--ephemeral"], ("TMPDIR", Temporary), ("XDG_CACHE_HOME", "/dev/null"));

        await up.LineAsync("url");

        up.Signal("TERM");
        var ended = await up.EndAsync();
        ended.Code.Should().Be(0);
        ended.Error.Should().Contain("no template can be kept in the cache: /dev/null/sdkchat");
        ShouldLeaveNothing();
    }

    [TestCase(2, "*--ephemeral and --nodes exclude each other*", "--nodes", "3")]
    [TestCase(1, "*Cannot listen*", "--urls", "http://192.0.2.1:5080")]
    public async Task Up_ThatCannotServe_SaysWhyAndLeavesNothing(int code, string error, params string[] arguments)
    {
        var ended = await SdkChatProgram.RunAsync(["up", "--ephemeral", .. arguments], ("TMPDIR", Temporary), ("XDG_CACHE_HOME", _cache));

        (ended.Code, ended.Output).Should().Be((code, ""));
        // After what is logged.
        ended.ErrorLines[^1].Should().Match(error);
        ShouldLeaveNothing();
    }

    [Test]
    public async Task Up_WithAConfiguredDatabase_IsRefused() =>
        (await SdkChatProgram.RunAsync(["up", "--ephemeral"], ("ConnectionStrings__SdkChat", "Host=nowhere")))
            .ShouldFailInOneLine(1, "*unset ConnectionStrings__SdkChat.");

    /// <summary>Also where the server's account cannot reach the folder, and the cluster is elsewhere.</summary>
    private void ShouldLeaveNothing()
    {
        Directory.EnumerateFileSystemEntries(Temporary).Where(entry => !entry.Contains("clr-debug", StringComparison.Ordinal))
            .Should().BeEmpty();
        if (Directory.Exists(OtherHomes))
            Directory.EnumerateFiles(OtherHomes, "data-folder", SearchOption.AllDirectories)
                .Where(file => File.ReadAllText(file).StartsWith(Temporary, StringComparison.Ordinal)).Should().BeEmpty();
    }
}
