using System.Net;
using Npgsql;
using SdkChat.Api.Tests.Live;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Health;

/// <summary>A node whose ports answer, and to whose streams nothing gets.</summary>
public sealed class DeliveryProbeTests
{
    private static readonly Dictionary<string, string?> Settings = new() { ["Live:ProbeSeconds"] = "0.3" };

    private TestDatabase _database = null!;

    [OneTimeSetUp]
    public async Task CreateAsync() => _database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Feed_ThatIsStuck_TurnsTheNodeNotReadyAndItRecovers()
    {
        var tenant = await new Rows(_database.ConnectionString).TenantAsync("stuck");
        await using var api = await TestApi.StartAsync(_database.ConnectionString, Settings);
        await Eventually.TrueAsync(async () => await HasReturnedAsync(api));

        // The feed waits for this table; nobody else does.
        await using var blocker = new NpgsqlConnection(_database.ConnectionString + ";Pooling=false");
        await blocker.OpenAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("lock table chat_event_horizon in access exclusive mode", blocker, transaction))
            await command.ExecuteNonQueryAsync();

        await Eventually.TrueAsync(async () => await ReadyAsync(api) is not null);
        (await ReadyAsync(api)).Should().StartWith("Events do not get from the database to this node's streams: ");
        using var list = await api.Client.SendAsync(Request("/api/v1/sdk-chat", token: api.TenantToken(tenant)));
        list.StatusCode.Should().Be(HttpStatusCode.OK, "everything else is well");

        await transaction.RollbackAsync();
        await Eventually.TrueAsync(async () => await ReadyAsync(api) is null);
    }

    [Test]
    public async Task Probes_OfManyNodes_AreSeenByNobody()
    {
        var rows = new Rows(_database.ConnectionString);
        var tenant = await rows.TenantAsync("watching");
        await using var api = await TestApi.StartAsync(_database.ConnectionString, Settings);
        await using var other = await TestApi.StartAsync(_database.ConnectionString, Settings);
        await using var reader = await LiveReader.OpenAsync(api, tenant);
        var before = await rows.ScalarAsync<long>("select count(*) from chat_event where kind = 'delivery_probe'");
        await Eventually.TrueAsync(
            async () => await rows.ScalarAsync<long>("select count(*) from chat_event where kind = 'delivery_probe'") >= before + 6);

        var profile = await rows.ProfileAsync(tenant);
        await rows.EventAsync(tenant, profile, await rows.ChatAsync(tenant, profile, status: "completed"), "chat_completed");

        (await reader.NextAsync()).EventType.Should().Be("chat_completed", "it comes first of all");
        foreach (var node in new[] { api, other })
            node.Logs.Entries.Count(entry => entry.Text.StartsWith($"Stream of tenant {Guid.Empty}", StringComparison.Ordinal))
                .Should().Be(0, "its own stream is no reader's");
    }

    private async Task<bool> HasReturnedAsync(TestApi api) =>
        await new Rows(_database.ConnectionString).ScalarAsync<long>("select count(*) from chat_event where kind = 'delivery_probe'") > 4
        && await ReadyAsync(api) is null;

    /// <summary>Why the node is not ready; null when it is.</summary>
    private static async Task<string?> ReadyAsync(TestApi api)
    {
        using var response = await api.Client.GetAsync("/health/ready");
        return response.IsSuccessStatusCode ? null : (await response.FailureAsync()).GetProperty("message").GetString();
    }
}
