using System.Net;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Tenants;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed.Copies;

/// <summary>Two nodes of the service at an address whose server changes, with a shopper and an admin who use them by HTTP.</summary>
internal sealed class CopiedService : IAsyncDisposable
{
    private readonly List<StreamSocket> _streams = [];

    private CopiedService(TestApi[] nodes, Guid tenant) => (Nodes, Tenant) = (nodes, tenant);

    public TestApi[] Nodes { get; }

    public Guid Tenant { get; }

    public string Key { get; set; } = "";

    public Guid Profile { get; set; }

    public static async Task<CopiedService> StartAsync(DatabaseAddress address, Guid tenant, string? redis = null)
    {
        var settings = new Dictionary<string, string?> { ["Live:ProbeSeconds"] = "1", ["Live:FeedGraceSeconds"] = "500" };
        if (redis is not null)
            (settings["Backplane"], settings["ConnectionStrings:Redis"]) = ("redis", redis);
        var connection = PrivateServer.ServiceConnection(address);
        return new CopiedService([await TestApi.StartAsync(connection, settings), await TestApi.StartAsync(connection, settings)], tenant);
    }

    /// <summary>A key, and a shopper who has completed chats.</summary>
    public async Task BeginAsync(Rows rows, int chats)
    {
        await using var scope = Nodes[0].Services.CreateAsyncScope();
        Key = (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CreateApiKeyCommand("demo"))).Key.Secret;
        Profile = await rows.ProfileAsync(Tenant);
        for (var chat = 0; chat < chats; chat++)
            await rows.ChatAsync(Tenant, Profile, status: "completed");
    }

    /// <summary>A stream of the tenant on each node, once the node can promise that it misses nothing.</summary>
    public async Task<StreamSocket[]> OpenStreamsAsync()
    {
        foreach (var node in Nodes)
        {
            await ReadyAsync(node);
            _streams.Add(await StreamSocket.ReadyAsync(node.BaseAddress, node.TenantToken(Tenant)));
        }

        return [.. _streams.TakeLast(Nodes.Length)];
    }

    /// <summary>Until <c>/health/ready</c> is 200, the probe's way included.</summary>
    public static Task ReadyAsync(TestApi node) => Eventually.TrueAsync(async () =>
    {
        using var response = await node.Client.GetAsync("/health/ready");
        return response.StatusCode == HttpStatusCode.OK;
    });

    /// <summary>A real transition.</summary>
    /// <returns>What is on the wire once for it.</returns>
    public async Task<string> TriggerAsync(TestApi node)
    {
        var mark = Guid.NewGuid().ToString();
        await SendAsync(node, $"/v1/chat/{Profile}/backlist-trigger", $$"""{"notification_items":["{{mark}}"]}""", HttpStatusCode.OK);
        return mark;
    }

    public Task StartChatAsync(TestApi node) =>
        SendAsync(node, $"/v1/chat/{Profile}/recommend", """{"prompt":"Dinner ideas?"}""", HttpStatusCode.Accepted);

    /// <summary>Each of them has come on each stream once, and nothing else of its kind.</summary>
    public static async Task ArrivedOnceAsync(IEnumerable<StreamSocket> streams, params string[] marks)
    {
        foreach (var stream in streams)
        {
            foreach (var mark in marks)
                await stream.UntilAsync(mark);
            marks.Should().OnlyContain(mark => stream.Body.Split(mark).Length == 2);
            stream.Body.Split("event: backlist_triggered").Should().HaveCount(marks.Length + 1);
        }
    }

    public async Task<long> TotalAsync(TestApi node)
    {
        long? total = null;
        await Eventually.TrueAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sdk-chat?size=1");
            request.Headers.Authorization = new("Bearer", node.TenantToken(Tenant));
            using var response = await node.Client.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
                total = body.RootElement.GetProperty("data").GetProperty("total").GetInt64();
            }

            return total is not null;
        });
        return total!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        _streams.ForEach(stream => stream.Dispose());
        foreach (var node in Nodes)
            await node.DisposeAsync();
    }

    /// <summary>
    /// As an app does: a 503, on a connection that went with the former server, is tried again, and the key sees to it that the call counts
    /// once.
    /// </summary>
    private async Task SendAsync(TestApi node, string path, string body, HttpStatusCode expected)
    {
        var once = Guid.NewGuid().ToString();
        await Eventually.TrueAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("X-API-KEY", Key);
            request.Headers.Add("Idempotency-Key", once);
            using var response = await node.Client.SendAsync(request);
            response.StatusCode.Should().BeOneOf(expected, HttpStatusCode.ServiceUnavailable);
            return response.StatusCode == expected;
        });
    }
}
