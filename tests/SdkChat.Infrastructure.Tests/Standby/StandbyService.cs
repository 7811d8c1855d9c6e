using System.Net;
using System.Text;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Tenants;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Tests.Live.Feed.Copies;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Standby;

/// <summary>A primary with a streaming standby, a node that reads history from the standby, and one that does not know of it.</summary>
internal sealed class StandbyService : IAsyncDisposable
{
    private readonly DatabaseAddress _primaryAddress = new();

    public PrivateServer Primary { get; private set; } = null!;

    public PrivateServer Standby { get; private set; } = null!;

    public DatabaseAddress StandbyAddress { get; } = new();

    /// <summary>The node that reads history from the standby.</summary>
    public TestApi Node { get; private set; } = null!;

    public TestApi Other { get; private set; } = null!;

    public Rows Rows => Primary.Rows;

    public static async Task<StandbyService> StartAsync()
    {
        var service = new StandbyService { Primary = await PrivateServer.StartAsync() };
        await service.Primary.MigrateAsync();
        // The servers of tests commit without a flush. Here commits wait for it, as in production.
        await service.Rows.ExecuteAsync(
            "alter role sdkchat_service set synchronous_commit = on; alter role sdkchat set synchronous_commit = on");
        service.Standby = await service.Primary.StartStandbyAsync();
        service._primaryAddress.PointTo(service.Primary.Socket);
        service.StandbyAddress.PointTo(service.Standby.Socket);
        service.Other = await TestApi.StartAsync(PrivateServer.ServiceConnection(service._primaryAddress));
        // The lag is limited in one test only: in the others a paused replay must not end the use of the standby.
        service.Node = await service.StartNodeAsync(wired => wired.AddSingleton(new StandbyState(TimeProvider.System, Deadlines.Never)));
        await service.UsesStandbyAsync(times: 1);
        return service;
    }

    public Task<TestApi> StartNodeAsync(Action<IServiceCollection>? services = null, int maxLagSeconds = 30) => TestApi.StartAsync(
        PrivateServer.ServiceConnection(_primaryAddress),
        new Dictionary<string, string?>
        {
            ["ConnectionStrings:HistoryStandby"] = PrivateServer.ServiceConnection(StandbyAddress),
            ["Database:StandbyMaxLagSeconds"] = $"{maxLagSeconds}",
        },
        services);

    /// <summary>Until the node has logged that many times that it uses the standby.</summary>
    public Task UsesStandbyAsync(int times, TestApi? node = null) =>
        Eventually.TrueAsync(() => Times(node ?? Node, "History reads use the standby;") >= times);

    public static int Times(TestApi node, string text) =>
        node.Logs.Entries.Count(entry => entry.Text.StartsWith(text, StringComparison.Ordinal));

    /// <summary>From now on the standby shows what was committed before.</summary>
    public async Task PauseReplayAsync()
    {
        var written = await Rows.ScalarAsync<string>("select pg_current_wal_insert_lsn()::text");
        await Eventually.TrueAsync(
            () => Standby.Rows.ScalarAsync<bool>("select pg_last_wal_replay_lsn() >= @written::pg_lsn", new { written }));
        await Standby.Rows.ExecuteAsync("select pg_wal_replay_pause()");
        await Eventually.TrueAsync(() => Standby.Rows.ScalarAsync<bool>("select pg_get_wal_replay_pause_state() = 'paused'"));
    }

    public Task ResumeReplayAsync() => Standby.Rows.ExecuteAsync("select pg_wal_replay_resume()");

    /// <summary>A tenant with a key and a profile.</summary>
    public async Task<(Guid Tenant, Guid Profile, string Key)> TenantAsync(string code)
    {
        var tenant = await Rows.TenantAsync(code);
        await using var scope = Other.Services.CreateAsyncScope();
        var key = (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CreateApiKeyCommand(code))).Key.Secret;
        return (tenant, await Rows.ProfileAsync(tenant), key);
    }

    public static async Task<string> GetAsync(TestApi node, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        using var response = await node.Client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, body);
        var headers = new[] { "ETag", "Link" }.Where(response.Headers.Contains)
            .Select(name => $"{name}: {response.Headers.GetValues(name).Single()}");
        return string.Join('\n', [.. headers, body]);
    }

    public static async Task PostAsync(TestApi node, string path, string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-API-KEY", key);
        using var response = await node.Client.SendAsync(request);
        response.IsSuccessStatusCode.Should().BeTrue(await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Other.DisposeAsync();
        await Standby.DisposeAsync();
        await Primary.DisposeAsync();
        await StandbyAddress.DisposeAsync();
        await _primaryAddress.DisposeAsync();
    }
}
