using System.Text.Json;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>The verbs that call a running service, for scripts: what they print and how they end.</summary>
public sealed class RemoteVerbTests
{
    private TestDatabase _database = null!;
    private TestApi _api = null!;
    private Rows _rows = null!;
    private Guid _tenant;
    private Guid _profile;
    private Guid _chat;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.ConnectionString);
        _tenant = await _rows.TenantAsync("demo");
        _profile = await _rows.ProfileAsync(_tenant, """{"name":"김민지"}""");
        _chat = await _rows.ChatAsync(_tenant, _profile, status: "error");
        _api = await TestApi.StartAsync(_database.ConnectionString);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Chats_AsATableAndForPrograms_AreThoseOfTheFilter()
    {
        var table = await RunAsync("chats", "--status", "error", "--q", "dinner");
        var rows = await RunAsync("chats", "--all", "--json");

        (table.Code, table.Error).Should().Be((0, "1 of 1\n"));
        table.Output.Split('\n')[1].Should().MatchRegex($@"Z  {_chat}  error   김민지  Dinner ideas\?  The pipeline failed\.$");
        JsonDocument.Parse(rows.Output).RootElement.GetProperty("tenant_id").GetGuid().Should().Be(_tenant);
    }

    [Test]
    public async Task Chat_AsJson_HasTheNamesOfTheApi()
    {
        var shown = await RunAsync("chat", _chat.ToString(), "--wait", "--json");

        var chat = JsonDocument.Parse(shown.Output).RootElement;
        (chat.GetProperty("chat_id").GetGuid(), chat.GetProperty("status").GetString(), chat.GetProperty("last_error").GetString())
            .Should().Be((_chat, "error", "The pipeline failed."));
        chat.GetProperty("created_at").GetString().Should().EndWith("Z");
    }

    [Test]
    public async Task Stats_OfTheRange_CountTheChat()
    {
        var shown = await RunAsync("stats", "--all", "--bucket", "week", "--from", "2026-01-01", "--to", "2026-12-31", "--json");

        JsonDocument.Parse(shown.Output).RootElement.GetProperty("total").GetProperty("error").GetInt64().Should().Be(1);
    }

    [Test]
    public async Task Tail_OfOneKind_PrintsItAndEnds()
    {
        await using var tail = SdkChatProgram.Start(
            ["tail", "--events", "chat_failed", "--count", "1"], Settings(_api.TenantToken(_tenant)));
        await Eventually.TrueAsync(
            () => _api.Logs.Entries.Any(entry => entry.Text.StartsWith("Stream of tenant", StringComparison.Ordinal)));
        await _rows.EventAsync(_tenant, _profile, _chat, "chat_failed");

        var ended = await tail.EndAsync();

        ended.Code.Should().Be(0, ended.Error);
        ended.Output.Should().Be(
            $$"""{"event":"chat_failed","profile_id":"{{_profile}}","chat_id":"{{_chat}}","last_error":"The pipeline failed."}""" + "\n");
    }

    /// <summary>Of codes that contain each other the whole one counts.</summary>
    [TestCase("audit")]
    [TestCase("chats", "--all", "--json")]
    [TestCase("export", "--all")]
    [TestCase("stats", "--all", "--json")]
    public async Task Verb_WithATenantByItsCodeOrId_ReadsTheSame(params string[] verb)
    {
        await _rows.TenantAsync($"a-demo-{verb[0]}");

        var (byCode, byId) = (await RunAsync([.. verb, "--tenant", "Demo"]), await RunAsync([.. verb, "--tenant", _tenant.ToString()]));

        (byCode.Code, byId.Code).Should().Be((0, 0), byCode.Error + byId.Error);
        if (verb[0] is "chats" or "export")
            byCode.Output.Should().Contain(_chat.ToString()).And.Be(byId.Output);
    }

    [TestCase(1, "*no tenant 'nobody'*", "chats", "--all", "--tenant", "nobody")]
    [TestCase(1, "*--tenant needs --all*", "chats", "--tenant", "demo")]
    [TestCase(3, "*", "chats", "--quiet", "--status", "completed")]
    [TestCase(2, "*exclude each other*", "chats", "--json", "--csv")]
    [TestCase(2, "*--from takes today*", "export", "--from", "soon")]
    [TestCase(2, "*--events takes any of*", "tail", "--events", "chat_exploded")]
    [TestCase(1, "*refused the call: 404 CHAT_NOT_FOUND*", "chat", "01970b6e-6a64-7c11-9d5e-3f1f2b6a9c02")]
    [TestCase(1, "*refused the call: 400 VALIDATION_FAILED*", "chats", "--status", "done")]
    [TestCase(1, "*The call of http://127.0.0.1:1/ failed*", "chats", "--url", "http://127.0.0.1:1")]
    [TestCase(1, "*'nowhere' is no base address*", "chats", "--url", "nowhere")]
    [TestCase(1, "*refused the call: 401 UNAUTHENTICATED*", "audit", "--token", "wrong")]
    [TestCase(1, "*refused the call: 401 UNAUTHENTICATED*", "tail", "--token", "wrong")]
    public async Task Verb_ThatCannotDoItsWork_SaysWhy(int code, string error, params string[] arguments)
    {
        var ended = await RunAsync(arguments);

        (ended.Code, ended.Output).Should().Be((code, ""), ended.Error);
        ended.Error.Should().Match(error);
    }

    [Test]
    public async Task Verb_WithoutAToken_SaysHowToGetOne() =>
        (await SdkChatProgram.RunAsync(["chats"])).ShouldFailInOneLine(1, "*A token is missing: pass --token or set SDKCHAT_TOKEN.*");

    private Task<Finished> RunAsync(params string[] arguments) =>
        SdkChatProgram.RunAsync(
            arguments,
            Settings(arguments.Contains("--all") || arguments[0] == "audit" ? _api.BackofficeToken() : _api.TenantToken(_tenant)));

    private (string, string)[] Settings(string token) => [("SDKCHAT_URL", _api.BaseAddress.ToString()), ("SDKCHAT_TOKEN", token)];
}
