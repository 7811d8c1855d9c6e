using Dapper;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Standby;

/// <summary>
/// History reads with a real streaming standby. While its replay is paused, a row that is stored past the service shows which server
/// answers: only the primary has it.
/// </summary>
[Parallelizable(ParallelScope.Self)]
public sealed class HistoryStandbyTests
{
    private const string List = "/api/v1/sdk-chat";

    private static readonly DateTimeOffset Day = new(2026, 4, 23, 0, 0, 0, TimeSpan.Zero);

    private StandbyService _service = null!;
    private Guid _tenant;
    private Guid _profile;
    private string _key = "";
    private string _token = "";

    [OneTimeSetUp]
    public async Task StartAsync() => _service = await StandbyService.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _service.DisposeAsync();

    [SetUp]
    public async Task CreateTenantAsync()
    {
        (_tenant, _profile, _key) = await _service.TenantAsync($"t{Guid.NewGuid():n}"[..20]);
        _token = _service.Node.TenantToken(_tenant);
    }

    [TearDown]
    public Task ResumeAsync() => _service.ResumeReplayAsync();

    /// <summary>First: a chat that another test starts completes later, and then reads of all tenants need a newer state.</summary>
    [Test]
    [Order(0)]
    public async Task Reads_OfEveryKind_AreTheSameOnBothServers()
    {
        var chat = await FillAsync();
        var first = await StandbyService.GetAsync(_service.Other, $"{List}?size=3", _token);
        string[] paths = [.. Paths(chat), LinkOf(first, "next"), LinkOf(first, "last")];
        var expected = await ReadAllAsync(_service.Other, paths);
        await UsesStandbyForAsync(null);
        await _service.PauseReplayAsync();
        await _service.Rows.ChatAsync(_tenant, _profile, Day.AddHours(1), "completed");
        await _service.Rows.ExecuteAsync("update sdk_chat set status = 'error', last_error = 'late' where chat_id = @chat", new { chat });

        var actual = await ReadAllAsync(_service.Node, paths);

        actual.Should().Equal(expected);
        (await ReadAllAsync(_service.Other, paths)).Where((body, n) => body == expected[n])
            .Should().BeEmpty("each of them would show the later change on the primary");
    }

    [Test]
    public async Task Read_AfterAWriteOfTheTenant_ContainsIt()
    {
        var other = await _service.TenantAsync($"o{Guid.NewGuid():n}"[..20]);
        await _service.PauseReplayAsync();
        await _service.Rows.ChatAsync(other.Tenant, other.Profile);

        await StandbyService.PostAsync(_service.Node, $"/v1/chat/{_profile}/recommend", _key, """{"prompt":"Dinner ideas?"}""");

        (await TotalAsync(_service.Node, _token)).Should().Be(1);
        (await StandbyService.GetAsync(_service.Node, "/api/v1/admin/sdk-chat", _service.Node.BackofficeToken()))
            .Should().Contain($"{_tenant}");
        (await TotalAsync(_service.Node, _service.Node.TenantToken(other.Tenant)))
            .Should().Be(0, "a write of one tenant keeps no other from the standby");
    }

    [Test]
    public async Task Detail_AfterAnEventOfAnotherNode_ShowsIt()
    {
        var chat = await _service.Rows.ChatAsync(_tenant, _profile, status: "completed");
        using var stream = await StreamSocket.ReadyAsync(_service.Node.BaseAddress, _token);
        await UsesStandbyForAsync(_tenant);
        await _service.PauseReplayAsync();

        await StandbyService.PostAsync(
            _service.Other, $"/v1/chat/{_profile}/backlist-trigger", _key, """{"notification_items":["seen on the stream"]}""");
        await stream.UntilAsync("seen on the stream");

        (await StandbyService.GetAsync(_service.Node, $"{List}/{chat}", _token)).Should().Contain("seen on the stream");
    }

    [Test]
    public async Task List_AfterReadyOfAStream_ContainsWhatWasCommittedBefore()
    {
        await _service.PauseReplayAsync();
        await _service.Rows.ChatAsync(_tenant, _profile);
        (await TotalAsync(_service.Node, _token)).Should().Be(0, "it is on the primary only");

        using var stream = await StreamSocket.ReadyAsync(_service.Node.BaseAddress, _token);

        (await TotalAsync(_service.Node, _token)).Should().Be(1);
    }

    [Test]
    public async Task List_OfTheShoppersApp_IsReadFromThePrimary()
    {
        await _service.PauseReplayAsync();
        var chat = await _service.Rows.ChatAsync(_tenant, _profile);

        (await StandbyService.GetAsync(_service.Node, $"/v1/chat/{_profile}/recommend", _key)).Should().Contain($"{chat}");
    }

    [Test]
    public async Task NextPage_AfterARecentChat_SkipsNoChatThatTheStandbyLacks()
    {
        var now = DateTimeOffset.UtcNow;
        await _service.Rows.ChatAsync(_tenant, _profile, now);
        await _service.Rows.ChatAsync(_tenant, _profile, now.AddHours(-1));
        await _service.PauseReplayAsync();
        var between = await _service.Rows.ChatAsync(_tenant, _profile, now.AddSeconds(-1));
        var first = await StandbyService.GetAsync(_service.Node, $"{List}?size=1", _token);
        first.Should().Contain("\"total\":2", "the standby answers it");

        (await StandbyService.GetAsync(_service.Node, LinkOf(first, "next"), _token)).Should().Contain($"{between}");
    }

    [Test]
    public async Task Reads_WhileTheStandbyIsAway_AreAnsweredByThePrimary()
    {
        var used = StandbyService.Times(_service.Node, "History reads use the standby;");
        var left = StandbyService.Times(_service.Node, "History reads use the primary only.");
        _service.StandbyAddress.PointTo(null);

        await _service.Rows.ChatAsync(_tenant, _profile);
        foreach (var path in Paths(Guid.NewGuid()).Where(path => !path.Contains("sdk-chat/", StringComparison.Ordinal)))
            await StandbyService.GetAsync(_service.Node, path, Token(path));
        (await TotalAsync(_service.Node, _token)).Should().Be(1);

        // The monitor notices it too, if the reads were quicker.
        await Eventually.TrueAsync(() => StandbyService.Times(_service.Node, "History reads use the primary only.") > left);
        _service.StandbyAddress.PointTo(_service.Standby.Socket);
        await _service.UsesStandbyAsync(used + 1);
    }

    [TestCase("40001")]
    [TestCase("57P01")]
    [TestCase("42P01")]
    public async Task Read_ThatFailsOnTheStandby_IsAnsweredByThePrimary(string sqlState)
    {
        var fails = $"do $$ begin if pg_is_in_recovery() then raise 'no' using errcode = '{sqlState}'; end if; end $$";
        var database = _service.Node.Services.GetRequiredService<HistoryDatabase>();
        await UsesStandbyForAsync(_tenant);

        var isInRecovery = await database.RunAsync(
            new TenantId(_tenant),
            async connection =>
            {
                await connection.ExecuteAsync(fails);
                return await connection.ExecuteScalarAsync<bool>("select pg_is_in_recovery()");
            },
            default);

        isInRecovery.Should().BeFalse();
        await UsesStandbyForAsync(_tenant);
    }

    [Test]
    public async Task Reads_WhenTheLagExceedsItsLimit_AreAnsweredByThePrimaryUntilItHasCaughtUp()
    {
        await using var node = await _service.StartNodeAsync(maxLagSeconds: 1);
        await _service.UsesStandbyAsync(1, node);
        await _service.PauseReplayAsync();
        await _service.Rows.ChatAsync(_tenant, _profile);

        await Eventually.TrueAsync(async () => await TotalAsync(node, _token) == 1);
        await Eventually.TrueAsync(() => StandbyService.Times(node, "History reads use the primary only.") >= 1);

        await _service.ResumeReplayAsync();
        await _service.UsesStandbyAsync(2, node);
    }

    /// <summary>Chats of every class, counted, indexed for search and not.</summary>
    private async Task<Guid> FillAsync()
    {
        var chat = Guid.Empty;
        for (var n = 0; n < 12; n++)
        {
            chat = await _service.Rows.ChatAsync(
                _tenant, _profile, Day.AddMinutes(n), (n % 4) switch { 0 => "in_progress", 1 => "completed", 2 => "error", _ => "ended" });
            if (n == 8)
                await _service.Other.Services.GetRequiredService<HistoryCountMaintenance>().ApplyPendingAsync(default);
        }

        return chat;
    }

    /// <summary>Each of them shows what the test changes on the primary.</summary>
    private IEnumerable<string> Paths(Guid chat)
    {
        foreach (var list in new[] { List, "/api/v1/admin/sdk-chat" })
        {
            var ours = list == List ? "" : $"&tenant_id={_tenant}";
            yield return $"{list}?size=3{ours}";
            yield return $"{list}?size=3&page=2{ours}";
            yield return $"{list}?size=20&profile_id={_profile}{ours}";
            yield return $"{list}?status=ended,completed{ours}";
            yield return $"{list}?from=2026-04-23&to=2026-04-24{ours}";
            yield return $"{list}?q=dinner{ours}";
            yield return $"{list}/counts?from=2026-04-23&to=2026-04-24{ours}";
            yield return $"{list}/counts?q=dinner{ours}";
            yield return $"{list}/stats?from=2026-04-23&to=2026-04-24&bucket=hour{ours}";
            yield return $"{list}/export?format=ndjson{ours}";
            yield return $"{list}/{chat}";
            yield return $"{list}/{chat}/timeline";
        }

        yield return "/api/v1/admin/sdk-chat/stats?from=2026-04-23&to=2026-04-24&bucket=day&group_by=tenant";
    }

    private async Task<string[]> ReadAllAsync(TestApi node, IEnumerable<string> paths)
    {
        var bodies = new List<string>();
        foreach (var path in paths)
            bodies.Add($"{path}\n{await StandbyService.GetAsync(node, path, Token(path))}");
        return [.. bodies];
    }

    private string Token(string path) =>
        path.StartsWith("/api/v1/admin", StringComparison.Ordinal) ? _service.Node.BackofficeToken() : _token;

    private static async Task<long> TotalAsync(TestApi node, string token)
    {
        var body = await StandbyService.GetAsync(node, $"{List}?size=1", token);
        using var json = System.Text.Json.JsonDocument.Parse(body[body.IndexOf('{', StringComparison.Ordinal)..]);
        return json.RootElement.GetProperty("data").GetProperty("total").GetInt64();
    }

    private static string LinkOf(string answer, string relation) =>
        answer.Split('\n').Single(line => line.StartsWith("Link:", StringComparison.Ordinal)).Split(',')
            .Single(link => link.Contains($"rel=\"{relation}\"", StringComparison.Ordinal)).Split('<', '>')[1];

    /// <summary>Until the standby contains everything that the node knows of the tenant.</summary>
    private Task UsesStandbyForAsync(Guid? tenant) => Eventually.TrueAsync(async () =>
        await _service.Node.Services.GetRequiredService<HistoryDatabase>().QuerySingleOrDefaultAsync<bool>(
            tenant is { } one ? new TenantId(one) : null, "select pg_is_in_recovery()", null, default));
}
