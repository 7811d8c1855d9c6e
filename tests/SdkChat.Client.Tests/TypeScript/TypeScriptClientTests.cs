using System.Text.RegularExpressions;
using SdkChat.Client.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.TypeScript;

/// <summary>The TypeScript client: compiled strictly, its own tests, and Node against the real service.</summary>
public sealed partial class TypeScriptClientTests
{
    private const string Source = "clients/typescript";

    private NodeFolder _client = null!;

    [OneTimeSetUp]
    public async Task BuildAsync()
    {
        _client = await NodeFolder.PrepareAsync(Source);
        await File.WriteAllTextAsync(Path.Combine(_client.Folder, "test", "readme.ts"), await ReadmeCallAsync());
        var (code, output) = await _client.RunAsync("tsc");
        code.Should().Be(0, output);
    }

    [Test]
    public async Task Types_AreThoseOfTheDocument()
    {
        var (code, output) = await _client.RunAsync("openapi-typescript", Repository.Path("docs/openapi.json"), "--output", "generated.ts");
        code.Should().Be(0, output);

        (await File.ReadAllTextAsync(Path.Combine(_client.Folder, "generated.ts")))
            .Equals(await File.ReadAllTextAsync(Repository.Path($"{Source}/src/schema.ts")), StringComparison.Ordinal)
            .Should().BeTrue("src/schema.ts is out of date: in clients/typescript, npm ci && npm run generate");
    }

    [Test]
    public async Task OwnTests_AllPass()
    {
        var (code, output) = await _client.RunAsync("node", "--test", "dist/test/stream.test.js", "dist/test/framing.test.js");

        code.Should().Be(0, output);
        output.Should().MatchRegex("pass [23][0-9]");
    }

    [Test]
    public async Task Administration_OfTheRealService_MakesKeysAndTenants()
    {
        await using var shop = await Shop.OpenAsync();

        var (code, output) = await _client.RunAsync(
            "node", "dist/test/administration.js", shop.Address.ToString(), shop.Token, shop.Tenant.ToString(), shop.Api.BackofficeToken());

        (code, output.Trim()).Should().Be((0, "done"));
    }

    [Test]
    public async Task Stream_OfTheRealService_SurvivesARestart_AndSaysWhatMayBeMissed()
    {
        await using var shop = await Shop.OpenAsync();
        await using var watcher = await WatchAsync(shop.Address, shop.Token);

        (await watcher.NextAsync("refetch")).ToString().Should().Be("""{"why":"first","total":1}""");
        await shop.EventAsync("chat_completed");
        (await watcher.NextAsync("chat_completed")).GetProperty("chat_id").GetGuid().Should().Be(shop.Chat);

        await shop.StopAsync();
        await watcher.StateAsync("reconnecting");
        await shop.AddChatAsync();
        await shop.StartAsync();

        (await watcher.NextAsync("refetch")).ToString().Should().Be("""{"why":"gap","total":2}""");
        await shop.EventAsync("backlist_triggered", """[{"id":"n1","message":"한글 \u2028"}]""");
        (await watcher.NextAsync("backlist_triggered")).GetProperty("notification_items")[0].GetProperty("id").GetString()
            .Should().Be("n1");
    }

    [Test]
    public async Task Stream_RefusedForItsToken_ComesBackWithAGoodOne()
    {
        await using var shop = await Shop.OpenAsync();
        await using var watcher = await WatchAsync(shop.Address, "not-a-token");

        (await watcher.StateAsync("signed-out")).GetProperty("code").GetString().Should().Be("UNAUTHENTICATED");
        await WriteTokenAsync(shop.Api.TenantToken(shop.Tenant, role: "viewer"));
        (await watcher.StateAsync("forbidden")).GetProperty("code").GetString().Should().Be("FORBIDDEN");
        await WriteTokenAsync(shop.Token);
        await watcher.StateAsync("live");
    }

    [Test]
    public async Task Stream_OneTooMany_WaitsAsLongAsItWasTold_UnlessOpenedAnew()
    {
        await using var shop = await Shop.OpenAsync(("Live:MaxStreamsPerTenant", "1"));
        await using var first = await WatchAsync(shop.Address, shop.Token);
        await first.StateAsync("live");
        await using var second = await WatchAsync(shop.Address, shop.Token);

        var waiting = await second.StateAsync("waiting");
        waiting.GetProperty("code").GetString().Should().Be("TOO_MANY_STREAMS");
        waiting.GetProperty("retry_after").GetInt32().Should().Be(30);

        await first.SendAsync("close");
        await first.StateAsync("closed");
        // The service learns of the hang-up in its own time.
        await Eventually.TrueAsync(async () =>
        {
            await second.SendAsync("open");
            return (await second.NextAsync("state")) is var told && told.GetProperty("state").GetString() == "connecting"
                && (await second.NextAsync("state")).GetProperty("state").GetString() == "live";
        });
    }

    [Test]
    public async Task Calls_OfTheRealService_AreTyped_Tagged_AndWalked()
    {
        await using var shop = await Shop.OpenAsync();
        var newest = await shop.AddChatAsync();
        await using var watcher = await WatchAsync(shop.Address, shop.Token);

        await watcher.SendAsync($"{shop.Chat}");
        (await watcher.NextAsync("call")).ToString()
            .Should().Be($$"""{"prompt":"Dinner ideas?","again":304,"all":["{{newest}}","{{shop.Chat}}"]}""");
        await watcher.SendAsync($"{shop.Profile}");
        (await watcher.NextAsync("call")).ToString().Should().Be("""{"status":404,"code":"CHAT_NOT_FOUND"}""");
        await watcher.SendAsync("nonsense");
        (await watcher.NextAsync("call")).GetProperty("errors").GetProperty("chat_id").GetArrayLength().Should().Be(1);
    }

    /// <summary>Lists follow links, into which the service writes its path.</summary>
    [Test]
    public async Task Address_WithAPath_IsThatOfCallsLinksAndStreams()
    {
        await using var shop = await Shop.OpenAsync(("Proxies:PathBase", "/chat"));
        var newest = await shop.AddChatAsync();
        await using var watcher = await WatchAsync(new Uri(shop.Address, "/chat/"), shop.Token);

        await watcher.StateAsync("live");
        await watcher.SendAsync($"{shop.Chat}");
        (await watcher.NextAsync("call")).GetProperty("all").ToString().Should().Be($"""["{newest}","{shop.Chat}"]""");
    }

    [Test]
    public async Task Readme_TenLines_Work()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(_client.Folder, "README.md"));
        var code = Code().Match(readme).Groups[1].Value;
        code.Trim().Split('\n').Where(line => line.Length > 0).Should().HaveCountLessThanOrEqualTo(10);
        await File.WriteAllTextAsync(Path.Combine(_client.Folder, "readme.mjs"), code);
        await using var shop = await Shop.OpenAsync();

        await using var program = new Watcher(_client, "readme.mjs", shop.Address.AbsoluteUri, shop.Token);
        (await program.LineAsync()).Should().Be("connecting");
        (await program.LineAsync()).Should().Be("live");
        (await program.LineAsync()).Should().Be("first: 1 chats so far");
        await shop.EventAsync("chat_completed");
        (await program.LineAsync()).Should().Be("completed: Dinner ideas?");
        await shop.EventAsync("backlist_triggered", "[1,2]");
        (await program.LineAsync()).Should().Be("back list: 2 items");
    }

    [Test]
    public async Task Readme_YesterdaysFailures_AreListed()
    {
        var code = Code().Matches(await File.ReadAllTextAsync(Path.Combine(_client.Folder, "README.md")))[1].Groups[1].Value;
        code.Trim().Split('\n').Should().HaveCountLessThanOrEqualTo(10);
        await File.WriteAllTextAsync(Path.Combine(_client.Folder, "failures.mjs"), code);
        await using var shop = await Shop.OpenAsync();
        var noon = new DateTimeOffset(DateTime.UtcNow.Date.AddHours(12), TimeSpan.Zero);
        foreach (var day in new[] { -2, -1, 0 })
            await shop.Rows.ChatAsync(shop.Tenant, shop.Profile, noon.AddDays(day), "error");

        var (exit, output) = await _client.RunAsync("node", "failures.mjs", shop.Address.ToString().TrimEnd('/'), shop.Token);

        (exit, output).Should().Be((0, "1 failed\nKim Minji: Dinner ideas? The pipeline failed.\n"));
    }

    /// <summary>The typed call that the README shows inside a sentence, compiled with everything else.</summary>
    private async Task<string> ReadmeCallAsync()
    {
        var call = Call().Match(await File.ReadAllTextAsync(Path.Combine(_client.Folder, "README.md"))).Value;
        call.Should().NotBeEmpty();
        return $"""
            import type {"{"} SdkChatClient {"}"} from "../src/index.js";
            export const call = (client: SdkChatClient, profile_id: string, prompt: string) => {call};

            """;
    }

    private string TokenFile => Path.Combine(_client.Folder, $"token-{TestContext.CurrentContext.Test.ID}");

    private async Task<Watcher> WatchAsync(Uri address, string token)
    {
        await WriteTokenAsync(token);
        return new Watcher(_client, "dist/test/watch.js", address.AbsoluteUri, TokenFile);
    }

    private async Task WriteTokenAsync(string token)
    {
        await File.WriteAllTextAsync(TokenFile + ".new", token);
        File.Move(TokenFile + ".new", TokenFile, overwrite: true);
    }

    [GeneratedRegex(@"client\.post\([^`]*\)(?=`)")]
    private static partial Regex Call();

    [GeneratedRegex("```js\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
