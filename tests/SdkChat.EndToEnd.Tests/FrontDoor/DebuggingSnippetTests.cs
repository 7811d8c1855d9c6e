using System.Globalization;
using System.Text.RegularExpressions;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>
/// The commands of docs/debugging.md and docs/contract-tests.md against an instance that logs all that docs/debugging.md asks for.
/// </summary>
public sealed class DebuggingSnippetTests
{
    private const string Page = "docs/debugging.md";

    private Instance _instance = null!;
    private SdkChatProgram _up = null!;
    private Snippets _snippets = null!;
    private Uri _address = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var settings = Snippets.Block(Page, "sh", "Logging__LogLevel__SdkChat").TrimEnd().Split('\n')
            .Select(line => line.Split(' ')[0].Split('=')).Select(pair => (pair[0], pair[1]));
        _instance = await Instance.PreparedAsync();
        (_up, _address) = await _instance.UpAsync(demo: true, [.. settings, ("DOTNET_EnableDiagnostics", "1")]);
        _snippets = new Snippets(_instance, _address);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _snippets?.Dispose();
        if (_up is not null)
            await _up.DisposeAsync();
        await _instance.DisposeAsync();
    }

    /// <summary>What an instance does not log without the setting.</summary>
    [Test]
    public async Task LogLevel_OfThePage_ShowsTheCategory() => (await _up.LineAsync("dbug: SdkChat.")).Should().NotBeEmpty();

    /// <summary>Shorter than on the page, and against the process of this test.</summary>
    [Test]
    public async Task Tools_OfThePage_FindTheProcessAndCollect()
    {
        var lines = Snippets.Block(Page, "sh", "dotnet tool restore").TrimEnd().Split('\n')
            .Select(
                line =>
                    line.Split('#')[0].Trim().Replace("PID", _up.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                        .Replace("00:00:30", "00:00:02", StringComparison.Ordinal))
            .ToArray();
        if (await _snippets.RunAsync(lines[0]) is { Code: not 0 } refused)
            Assert.Ignore($"The tools cannot be restored here: {refused.Output} {refused.Error}");

        // A process that is too busy to answer is left out of the list.
        await Eventually.TrueAsync(async () => (await _snippets.RunAsync(lines[1])).Output.Contains(
            _up.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        lines[2].Should().StartWith("dotnet counters monitor ");
        // The screen shows what fits, which is nothing on a terminal of no kind; on a busy machine the first values take longer.
        await Eventually.TrueAsync(async () => (await _snippets.RunAsync($"TERM=xterm timeout -s INT 10 {lines[2]}")).Output is var screen
            && screen.Contains("Status: Running", StringComparison.Ordinal)
            && Regex.IsMatch(screen, @"\[(System\.Runtime|SdkChat\.Live|Npgsql)\]"));
        foreach (var line in lines[3..])
            (await _snippets.RunAsync(line)).Code.Should().Be(0, line);
        new[] { "cpu.nettrace", "node.dmp" }.Should().OnlyContain(file => new FileInfo(Path.Combine(_snippets.Folder, file)).Length > 0);
    }

    [Test]
    public async Task Contract_OneRule_RunsAgainstTheInstance()
    {
        var line = Snippets.Block(Page, "sh", "--only 6.ping").Split('\n')
            .Single(line => line.StartsWith("./sdkchat contract", StringComparison.Ordinal));

        var finished = await _snippets.RunAsync(line);

        finished.Output.Should().MatchRegex("6\\.ping .*\n(.*\n)*1 kept, 0 broken", finished.Error);
        finished.Code.Should().Be(0);
    }

    /// <summary>The whole script for CI, with four rules instead of all.</summary>
    [Test]
    public async Task ContractTests_InCi_MakesTenantsReportsAndDisablesThem()
    {
        var block = Snippets.Block("docs/contract-tests.md", "sh", "--junit contract.xml")
            .Replace("dotnet SdkChat.Api.dll", "./sdkchat", StringComparison.Ordinal)
            .Replace(
                "--allow-writes \\\n", "--allow-writes --only 1.own-host 3.list-members 5.validation 6.isolation \\\n",
                StringComparison.Ordinal);

        var finished = await _snippets.RunAsync($"BASE_URL={_address} BUILD=42 ADMIN_TOKEN=$(./sdkchat token backoffice)\n{block}");

        finished.Output.Should().Contain("4 kept, 0 broken, 0 skipped", finished.Error);
        finished.Code.Should().Be(0);
        (await File.ReadAllTextAsync(Path.Combine(_snippets.Folder, "contract.xml"))).Should().Contain("<testcase");
        (await _snippets.RunAsync("./sdkchat tenant list")).Output.Split('\n')
            .Where(line => line.StartsWith("ci-42", StringComparison.Ordinal))
            .Should().HaveCount(2).And.OnlyContain(line => line.Contains("disabled"));
    }
}
