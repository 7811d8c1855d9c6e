using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Npgsql;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Chats;

/// <summary>Exports as their callers see them (contract, section 8.4).</summary>
public sealed class ExportTests : HistoryFixture
{
    private const string List = "/api/v1/sdk-chat";
    private const string Export = "/api/v1/sdk-chat/export";
    private const string AdminExport = "/api/v1/admin/sdk-chat/export";
    private const int Many = 250;

    private static readonly DateTimeOffset Noon = new(2026, 4, 23, 12, 0, 0, TimeSpan.Zero);

    private Guid _special;
    private Guid _completed;
    private Guid _theirs;

    [OneTimeSetUp]
    public async Task Seed()
    {
        await Rows.ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, created_at, updated_at)
            select gen_random_uuid(), @tenant, @profile, 'Dinner ' || n, 'in_progress', 'not_started', @noon::timestamptz + n / 7 * interval '1 second', @noon
            from generate_series(1, @many) n
            """,
            new { tenant = Tenant, profile = Profile, noon = Noon, many = Many });
        _special = await Rows.ProfileAsync(Tenant, """{"name":"=HYPERLINK(\"http://x\")","gender":"+F","age":"-3","locale":"\tja"}""");
        var chat = await Rows.ChatAsync(Tenant, _special, Noon.AddDays(1).AddMilliseconds(250), "error");
        await Rows.ExecuteAsync(
            "update sdk_chat set prompt = E'say \"hi\", please\r\n- 라면', last_error = '@SUM(1)' where chat_id = @chat", new { chat });
        _completed = await Rows.ChatAsync(
            Tenant, Profile, Noon.AddDays(2), "completed", notificationItems: "[\n 1.50,\r\n {\"a\": \"b\"}\n]");
        _theirs = await Rows.TenantAsync("acme");
        await Rows.ChatAsync(_theirs, await Rows.ProfileAsync(_theirs), Noon, "completed");
    }

    [TestCase("")]
    [TestCase("&status=error,completed")]
    [TestCase("&to=2026-04-23T12:00:20Z")]
    [TestCase("&q=dinner")]
    public async Task Ndjson_UnderAFilter_HasTheRowsOfTheList(string filter)
    {
        var lines = await LinesAsync($"{Export}?format=ndjson{filter}");

        lines.Should().Equal(await ListAsync(filter));
        lines.Should().NotBeEmpty();
    }

    [Test]
    public async Task Ndjson_WithDetails_HasEachChatsDetailOnOneLine()
    {
        var lines = await LinesAsync($"{Export}?format=ndjson&detail=true&status=completed");

        var detail = await TenantDataAsync($"{List}/{_completed}");
        lines.Should().ContainSingle();
        using var line = JsonDocument.Parse(lines[0]);
        JsonElement.DeepEquals(line.RootElement, detail).Should().BeTrue();
        lines[0].Should().Contain("1.50");
    }

    [Test]
    public async Task Csv_SpecialCells_AreQuotedAndHarmless()
    {
        using var response = await AsTenantAsync($"{Export}?format=csv&tz=Asia/Tokyo&profile_id={_special}");
        var text = await response.Content.ReadAsStringAsync();

        response.Content.Headers.ContentType!.ToString().Should().Be("text/csv; charset=utf-8");
        response.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        response.Content.Headers.ContentDisposition.FileName.Should().EndWith(".csv");
        var lines = text.Split("\r\n", 2);
        lines[0].Should().Be("chat_id,profile_id,name,gender,age,locale,prompt,status,last_error,created_at,updated_at,ended_at");
        var rest = lines[1][73..];
        lines[1][37..73].Should().Be(_special.ToString());
        rest.Should().Be(
            ",\"'=HYPERLINK(\"\"http://x\"\")\",'+F,'-3,'\tja,\"say \"\"hi\"\", please\r\n- 라면\",error,'@SUM(1)," +
            "2026-04-24T21:00:00.250+09:00,2026-04-24T21:00:00.250+09:00,\r\n");
    }

    [Test]
    public async Task Csv_WithBom_BeginsWithIt()
    {
        using var plain = await AsTenantAsync($"{Export}?format=csv&status=error");
        using var marked = await AsTenantAsync($"{Export}?format=csv&status=error&bom=true");

        (await marked.Content.ReadAsByteArrayAsync())
            .Should().Equal([.. Encoding.UTF8.GetPreamble(), .. await plain.Content.ReadAsByteArrayAsync()]);
    }

    [Test]
    public async Task Csv_OfAll_HasTheRowsOfTheList()
    {
        using var response = await AsTenantAsync($"{Export}?format=csv");
        using var csv = new CsvReader(new StringReader(await response.Content.ReadAsStringAsync()), CultureInfo.InvariantCulture);

        var ids = csv.GetRecords<dynamic>().Select(row => (string)row.chat_id).ToList();

        ids.Should().Equal((await ListAsync("")).Select(Id));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(99)]
    [TestCase(100)]
    [TestCase(251)]
    public async Task Cursor_OfAnyRow_ContinuesAfterIt(int row)
    {
        var all = await LinesAsync($"{Export}?format=ndjson");
        using var last = JsonDocument.Parse(all[row]);
        var cursor = $"{last.RootElement.GetProperty("created_at").GetString()},{last.RootElement.GetProperty("chat_id").GetString()}";

        (await LinesAsync($"{Export}?format=ndjson&cursor={cursor}")).Should().Equal(all[(row + 1)..]);
    }

    [Test]
    public async Task Cursor_OfTheListsLink_ContinuesAfterThatPage()
    {
        using var page = await AsTenantAsync($"{List}?size=13");
        var next = page.Headers.GetValues("Link").Single().Split(", ")
            .Single(link => link.Contains("rel=\"next\"", StringComparison.Ordinal));
        var cursor = next[(next.IndexOf("cursor=", StringComparison.Ordinal) + 7)..].Split('&', '>')[0];

        (await LinesAsync($"{Export}?format=ndjson&cursor={cursor}")).Should().Equal((await ListAsync(""))[13..]);
    }

    [Test]
    public async Task Admin_Export_SaysWhoseEachRowIs()
    {
        using var all = await AsBackofficeAsync($"{AdminExport}?format=ndjson");
        using var one = await AsBackofficeAsync($"{AdminExport}?format=csv&tenant_id={Tenant}&status=error");

        // Other tests of this class add tenants and chats of their own.
        var lines = (await all.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().OnlyContain(line => line.StartsWith("{\"tenant_id\":", StringComparison.Ordinal));
        lines.Count(line => line.StartsWith($"{{\"tenant_id\":\"{Tenant}\"", StringComparison.Ordinal)).Should().Be(Many + 2);
        lines.Count(line => line.StartsWith($"{{\"tenant_id\":\"{_theirs}\"", StringComparison.Ordinal)).Should().Be(1);
        (await one.Content.ReadAsStringAsync()).Should().StartWith("tenant_id,chat_id,").And.Contain($"\r\n{Tenant},");
        await Eventually.TrueAsync(
            async () => await Rows.ScalarAsync<long>("select count(*) from audit_entry where action = 'export_chats'") > 0);
    }

    [TestCase("", "format")]
    [TestCase("format=", "format")]
    [TestCase("format=xml", "format")]
    [TestCase("format=CSV", "format")]
    [TestCase("format=csv&format=csv", "format")]
    [TestCase("format=csv&bom=1", "bom")]
    [TestCase("format=ndjson&bom=true", "bom")]
    [TestCase("format=ndjson&detail=yes", "detail")]
    [TestCase("format=csv&detail=true", "detail")]
    [TestCase("format=csv&cursor=", "cursor")]
    [TestCase("format=csv&cursor=Ag", "cursor")]
    [TestCase("format=csv&cursor=2026-04-23T12:00:00Z", "cursor")]
    [TestCase("format=csv&cursor=2026-04-23,01970b6e-6a64-7c11-9d5e-3f1f2b6a9c02", "cursor")]
    [TestCase("format=csv&tz=Tokyo", "tz")]
    [TestCase("format=csv&from=2026-04-24&to=2026-04-23", "from")]
    [TestCase("format=csv&q=%00", "q")]
    public async Task Parameter_ThatIsWrong_IsRefusedByName(string query, string name)
    {
        foreach (var response in new[] { await AsTenantAsync($"{Export}?{query}"), await AsBackofficeAsync($"{AdminExport}?{query}") })
        {
            using (response)
            {
                response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
                using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
                body.RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Contain(name);
            }
        }
    }

    [Test]
    public async Task Export_OfARangeInTheFuture_IsEmpty() =>
        (await LinesAsync($"{Export}?format=ndjson&from=9999-01-01")).Should().BeEmpty();

    [Test]
    public async Task Export_ChatOfJustNow_IsIn()
    {
        var tenant = await Rows.TenantAsync("fresh");
        await Rows.ChatAsync(tenant, await Rows.ProfileAsync(tenant), DateTimeOffset.UtcNow);
        await Rows.ChatAsync(tenant, await Rows.ProfileAsync(tenant), DateTimeOffset.UtcNow.AddHours(1));

        using var response = await SendAsync($"{Export}?format=ndjson", Api.TenantToken(tenant));

        (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should().ContainSingle("the other is later than the begin");
    }

    [Test]
    public async Task Export_BesideTheCallersOther_IsRefusedUntilThatEnds()
    {
        await using var locking = new NpgsqlConnection(OwnerConnectionString);
        await locking.OpenAsync();
        await using var transaction = await locking.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("lock table sdk_chat in access exclusive mode", locking, transaction))
            await command.ExecuteNonQueryAsync();
        Task<HttpResponseMessage>[] both = [AsTenantAsync($"{Export}?format=csv"), AsTenantAsync($"{Export}?format=csv")];

        using var refused = await await Task.WhenAny(both);
        await transaction.RollbackAsync();
        using var other = await both.Single(call => call.Result != refused);

        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().BePositive();
        other.StatusCode.Should().Be(HttpStatusCode.OK);
        (await LinesAsync($"{Export}?format=ndjson")).Should().HaveCount(Many + 2);
    }

    private static string Id(string line)
    {
        using var row = JsonDocument.Parse(line);
        return row.RootElement.GetProperty("chat_id").GetString()!;
    }

    private async Task<List<string>> LinesAsync(string path)
    {
        using var response = await AsTenantAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, text);
        response.Content.Headers.ContentType!.ToString().Should().Be("application/x-ndjson");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private async Task<List<string>> ListAsync(string filter)
    {
        var rows = new List<string>();
        for (var page = 0; ; page++)
        {
            var items = (await TenantDataAsync($"{List}?size=100&page={page}{filter}")).GetProperty("items");
            rows.AddRange(items.EnumerateArray().Select(item => item.GetRawText()));
            if (items.GetArrayLength() < 100)
                return rows;
        }
    }
}
