using System.Net;
using System.Text.Json;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>Who watches, asked of one node and answered by all.</summary>
public sealed class AdminStreamsTests
{
    private const string Path = "/api/v1/admin/sdk-chat/streams";

    private TestDatabase _database = null!;
    private Rows _rows = null!;
    private TestApi _asked = null!;
    private TestApi _other = null!;
    private Guid _tenant;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.ConnectionString);
        _asked = await StartAsync("asked");
        _other = await StartAsync("other");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _asked.DisposeAsync();
        await _other.DisposeAsync();
        await _database.DisposeAsync();
    }

    [SetUp]
    public async Task AddTenantAsync() => _tenant = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");

    [Test]
    public async Task List_StreamsOfTwoNodes_TellsWhoIsWhere()
    {
        await using var first = await LiveReader.OpenAsync(_other, _tenant);
        await using var second = await LiveReader.OpenAsync(_asked, _tenant);

        var data = await ListAsync($"tenant_id={_tenant}");

        data.EnumerateObject().Select(member => member.Name).Should().Equal("items", "total", "page", "size", "nodes");
        data.GetProperty("total").GetInt64().Should().Be(2);
        data.GetProperty("nodes").GetRawText().Should().Be("""{"asked":2,"answered":2}""");
        var items = data.GetProperty("items").EnumerateArray().ToArray();
        items[0].EnumerateObject().Select(member => member.Name).Should().Equal(
            "stream_id", "tenant_id", "tenant_code", "subject", "node", "since", "sent", "queued");
        items.Select(item => item.GetProperty("node").GetString()).Should().Equal("asked", "other");
        foreach (var item in items)
        {
            item.GetProperty("tenant_id").GetGuid().Should().Be(_tenant);
            item.GetProperty("tenant_code").GetString().Should().StartWith("t-");
            item.GetProperty("subject").GetString().Should().Be("someone");
            item.GetProperty("sent").GetInt64().Should().Be(1, "ready has been sent");
            item.GetProperty("queued").GetInt32().Should().Be(0);
            item.GetProperty("since").GetDateTimeOffset().Should().BeCloseTo(TimeProvider.System.GetUtcNow(), Deadlines.Soon);
        }
    }

    [Test]
    public async Task List_ByPage_WalksAllNodesStreamsNewestFirst()
    {
        var readers = new List<LiveReader>();
        for (var i = 0; i < 5; i++)
            readers.Add(await LiveReader.OpenAsync(i % 2 == 0 ? _asked : _other, _tenant));

        var ids = new List<Guid>();
        for (var page = 0; page < 3; page++)
        {
            var data = await ListAsync($"tenant_id={_tenant}&size=2&page={page}");
            data.GetProperty("total").GetInt64().Should().Be(5);
            ids.AddRange(data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("stream_id").GetGuid()));
        }

        ids.Should().OnlyHaveUniqueItems().And.HaveCount(5);
        ids.Select(id => id.ToString()).Should().BeInDescendingOrder(StringComparer.Ordinal, "ids are by time");
        foreach (var reader in readers)
            await reader.DisposeAsync();
    }

    [Test]
    public async Task List_Unfiltered_CountsEveryTenants()
    {
        var another = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");
        await using var first = await LiveReader.OpenAsync(_asked, _tenant);
        await using var second = await LiveReader.OpenAsync(_other, another);

        (await ListAsync("size=100")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("tenant_id").GetGuid())
            .Should().Contain([_tenant, another]);
        (await ListAsync($"tenant_id={another}")).GetProperty("total").GetInt64().Should().Be(1);
    }

    [Test]
    public async Task Disconnect_StreamOfAnotherNode_EndsItAloneInGoodOrder()
    {
        await using var reader = await LiveReader.OpenAsync(_other, _tenant);
        var stream = (await ListAsync($"tenant_id={_tenant}")).GetProperty("items")[0].GetProperty("stream_id").GetGuid();
        await using var neighbour = await LiveReader.OpenAsync(_other, _tenant);

        using var response = await DisconnectAsync(stream);

        (await response.DataAsync()).GetRawText().Should().Be($$"""{"stream_id":"{{stream}}"}""");
        (await reader.EndsAsync()).Should().BeTrue();
        _other.Ended(_tenant, "disconnected").Should().Be(1);
        (await ListAsync($"tenant_id={_tenant}")).GetProperty("total").GetInt64().Should().Be(1);
        using var again = await DisconnectAsync(stream);
        (again.StatusCode, await again.FailureCodeAsync()).Should().Be((HttpStatusCode.NotFound, "STREAM_NOT_FOUND"));
    }

    [Test]
    public async Task Survey_NodeThatDoesNotAnswer_IsSaidToBeMissing()
    {
        var silent = Guid.NewGuid();
        await _rows.ExecuteAsync("insert into node (node_id, name, seen_at) values (@silent, 'silent', now())", new { silent });
        try
        {
            await using var reader = await LiveReader.OpenAsync(_other, _tenant);

            var data = await ListAsync($"tenant_id={_tenant}");

            data.GetProperty("total").GetInt64().Should().Be(1);
            data.GetProperty("nodes").GetRawText().Should().Be("""{"asked":3,"answered":2}""");
            using var unknown = await DisconnectAsync(Guid.NewGuid());
            (unknown.StatusCode, await unknown.FailureCodeAsync()).Should().Be((HttpStatusCode.ServiceUnavailable, "UNAVAILABLE"));
        }
        finally
        {
            await _rows.ExecuteAsync("delete from node where node_id = @silent", new { silent });
        }

        (await _rows.ScalarAsync<long>("select (select count(*) from node_inquiry) + (select count(*) from node_answer)"))
            .Should().Be(0, "nothing is left of what was asked");
    }

    [Test]
    public async Task Node_ThatStops_IsAskedNoMore()
    {
        var third = await StartAsync("third");
        (await ListAsync("")).GetProperty("nodes").GetRawText().Should().Be("""{"asked":3,"answered":3}""");

        await third.DisposeAsync();

        (await ListAsync("")).GetProperty("nodes").GetRawText().Should().Be("""{"asked":2,"answered":2}""");
    }

    [TestCase("page=-1", "page")]
    [TestCase("size=0", "size")]
    [TestCase("tenant_id=nobody", "tenant_id")]
    public async Task List_BadParameter_IsNamed(string query, string parameter)
    {
        using var response = await _asked.Client.SendAsync(ApiCalls.Request($"{Path}?{query}", token: _asked.BackofficeToken()));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.FailureAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(parameter);
    }

    private async Task<JsonElement> ListAsync(string query)
    {
        using var response = await _asked.Client.SendAsync(ApiCalls.Request($"{Path}?{query}", token: _asked.BackofficeToken()));
        return await response.DataAsync();
    }

    private Task<HttpResponseMessage> DisconnectAsync(Guid stream) =>
        _asked.Client.SendAsync(ApiCalls.Request($"{Path}/{stream}", "DELETE", _asked.BackofficeToken()));

    private Task<TestApi> StartAsync(string name) =>
        TestApi.StartAsync(_database.ConnectionString, new Dictionary<string, string?> { ["Node:Name"] = name });
}
