using System.Text.Json;
using System.Text.RegularExpressions;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>The commands of README and docs against a running <c>up</c>, and what the pages show for them.</summary>
public sealed partial class SnippetTests
{
    private Instance _instance = null!;
    private SdkChatProgram _up = null!;
    private Snippets _snippets = null!;
    private Uri _address = null!;

    /// <summary>With the console served from its folder, as docs/console.md starts it.</summary>
    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Snippets.Block("docs/console.md", "sh", "up").Should().Be("Console__Folder=$PWD/src/SdkChat.Api/wwwroot/console ./sdkchat up\n");
        _instance = await Instance.PreparedAsync();
        (_up, _address) = await _instance.UpAsync(
            demo: true, ("Console__Folder", Path.Combine(SdkChatProgram.Repository, "src/SdkChat.Api/wwwroot/console")));
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

    [Test]
    public async Task Readme_List_AnswersInTheShapeThatIsShown()
    {
        var answer = await _snippets.RunAsync(Snippets.Block("README.md", "sh", "curl -s"));

        answer.Code.Should().Be(0, answer.Error);
        Shape(answer.Output).Should().Be(Shape(Snippets.Block("README.md", "json", "\"items\"")));
    }

    [Test]
    public async Task Readme_Stream_BeginsWithReady()
    {
        var lines = await _snippets.UntilAsync(Snippets.Block("README.md", "sh", "curl -N"), "event: ready");

        lines[0].Should().StartWith("retry: ");
    }

    [Test]
    public async Task Readme_Demo_PrintsTheStepsThatAreShown()
    {
        // The page means the default address, which belongs to whatever else runs on this machine.
        var demo = await _snippets.RunAsync($"{Snippets.Block("README.md", "sh", "./sdkchat demo").Split('#')[0]} --url {_address}");

        demo.Code.Should().Be(0, demo.Error);
        Steps(demo.Output).Should().BeEquivalentTo(Steps(Snippets.Block("README.md", "", "asks \"Dinner ideas?\"")));
    }

    [Test]
    public async Task Readme_SignIn_PrintsTheLinksThatAreShown()
    {
        var links = await _snippets.RunAsync("./sdkchat sign-in");

        var shown = Regex.Escape(
            Snippets.Block("README.md", "", "Open the console:")
                .Replace("http://127.0.0.1:5080", _address.ToString().TrimEnd('/'), StringComparison.Ordinal));
        links.Output.Should().MatchRegex(SignInCode().Replace(shown, @"sign-in/\S+"));
    }

    [Test]
    public async Task Console_FromItsFolder_IsServed()
    {
        using var client = new HttpClient { BaseAddress = _address };

        (await client.GetStringAsync(new Uri("/console", UriKind.Relative))).Should().Contain("<title>");
    }

    [Test]
    public async Task Debugging_Psql_ReachesTheDatabaseAndExplains()
    {
        if (Programs.Find("psql") is null)
            Assert.Ignore("psql is not installed.");
        var sql = Snippets.Block("docs/debugging.md", "sql", "explain");

        var plan = await _snippets.RunAsync(
            $"{Snippets.Block("docs/debugging.md", "sh", "psql").TrimEnd()} -v ON_ERROR_STOP=1 <<'SQL'\n{sql}SQL\n");

        plan.Code.Should().Be(0, plan.Error);
        plan.Output.Should().Contain("QUERY PLAN").And.Contain("Index Cond: (tenant_id = $1)");
    }

    [Test]
    public async Task Ci_Verbs_ReadTheRunningService()
    {
        var outcome = await _snippets.RunAsync($"set -e\n{Snippets.Block("docs/ci.md", "sh", "SDKCHAT_TOKEN")}");

        outcome.Code.Should().Be(0, outcome.Error);
        foreach (var shown in new[] { "CREATED", "completed", "some chats were triggered", "P95_MS", "ACTION" })
            outcome.Output.Should().Contain(shown);
        File.ReadLines(Path.Combine(_snippets.Folder, "errors.csv")).First().Should().StartWith("chat_id,");
    }

    /// <summary>In Node.js, with an EventSource that has given up and a fetch that notes what it is asked.</summary>
    [Test]
    public async Task Api_ReopeningByHand_AsksTheListOnceTheStreamIsClosed()
    {
        if (Programs.Find("node") is null)
            Assert.Ignore("node is not installed.");
        var script =
            "const asked = []; globalThis.fetch = async (url, options) => asked.push(url, options.credentials);\n"
            + "globalThis.EventSource = class { static CLOSED = 2; constructor(url) { this.url = url; this.readyState = 0; } };\n"
            + Snippets.Block("docs/api.md", "js", "new EventSource")
            + "await es.onerror(); es.readyState = EventSource.CLOSED; await es.onerror(); console.log(es.url, ...asked);\n";

        var outcome = await _snippets.RunAsync($"node --input-type=module - <<'JS'\n{script}JS\n");

        outcome.Should().Be(new Finished(0, "/api/v1/sdk-chat/events/stream /api/v1/sdk-chat?size=1 include\n", ""));
    }

    /// <summary>The names of all members, in order; a list is as its first item.</summary>
    private static string Shape(string json) => Shape(JsonDocument.Parse(json).RootElement);

    private static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(' ', value.EnumerateObject().Select(member => member.Name + Shape(member.Value)))}}}",
        JsonValueKind.Array => $"[{Shape(value[0])}]",
        _ => "",
    };

    /// <summary>Who did what, without when, how often and with which ids.</summary>
    private static IEnumerable<string> Steps(string output) =>
        Step().Matches(output).Select(step => $"{step.Groups[1].Value} {step.Groups[2].Value}").Distinct();

    [GeneratedRegex(@"(?m)^ +\d+\.\d\d s +(stream|shopper) +(\w+)")]
    private static partial Regex Step();

    [GeneratedRegex(@"sign-in/[^\\\s]+")]
    private static partial Regex SignInCode();
}
