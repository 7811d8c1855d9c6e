using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Api.Tests.Support;
using SdkChat.Application.Tenants;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

/// <summary>
/// Two nodes on one database with a pipeline of another team beside them, and a short way to call them with the SDK key of
/// <c>demo</c> or of <c>acme</c>.
/// </summary>
/// <param name="nodes">1 for tests to which another node makes no difference.</param>
public abstract class SdkFixture(int nodes = 2)
{
    private TestDatabase _database = null!;

    protected string ConnectionString => _database.ConnectionString;

    protected Rows Rows { get; private set; } = null!;

    protected TestPipeline Pipeline { get; private set; } = null!;

    protected TestApi Node { get; private set; } = null!;

    /// <summary>The same as <see cref="Node"/> where there is one.</summary>
    protected TestApi OtherNode { get; private set; } = null!;

    protected Guid Demo { get; private set; }

    protected string DemoKey { get; private set; } = "";

    protected string AcmeKey { get; private set; } = "";

    /// <summary>Patient by default: nothing but polls asks after runs while a test runs.</summary>
    protected virtual Dictionary<string, string?> Settings => new()
    {
        ["Pipeline:SweepIntervalSeconds"] = "10",
        ["Pipeline:MaxConcurrentRuns"] = "64",
        ["Pipeline:PollTimeoutSeconds"] = "30",
        ["Pipeline:AttemptTimeoutSeconds"] = "30",
        ["Pipeline:CallTimeoutSeconds"] = "60",
    };

    /// <summary>The pipeline of the nodes; empty for the demo pipeline.</summary>
    protected virtual string PipelineUrl => Pipeline.BaseUrl;

    [OneTimeSetUp]
    public async Task StartService()
    {
        _database = await TestDatabase.CreateAsync();
        Rows = new Rows(_database.ConnectionString);
        Demo = await Rows.TenantAsync("demo");
        await Rows.TenantAsync("acme");
        Pipeline = await TestPipeline.StartAsync();
        Node = await StartNodeAsync();
        OtherNode = nodes > 1 ? await StartNodeAsync() : Node;
        DemoKey = await KeyAsync("demo");
        AcmeKey = await KeyAsync("acme");
    }

    [OneTimeTearDown]
    public async Task StopService()
    {
        await Task.WhenAll(new[] { Node, OtherNode }.Distinct().Select(node => node.DisposeAsync().AsTask()));
        await Pipeline.DisposeAsync();
        await _database.DisposeAsync();
    }

    [SetUp]
    public void LetThePipelineBehave()
    {
        Pipeline.Answer = _ => TestPipeline.StillRunning;
        (Pipeline.OnStart, Pipeline.OnAsk) = (null, null);
    }

    protected Task<TestApi> StartNodeAsync(
        string? pipeline = null, Action<IServiceCollection>? services = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var all = new Dictionary<string, string?>(Settings) { ["Pipeline:BaseUrl"] = pipeline ?? PipelineUrl };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            all[name] = value;
        return TestApi.StartAsync(_database.ConnectionString, all, services);
    }

    protected async Task<HttpResponseMessage> SendAsync(
        string method, string path, string? body = null, string? key = null, TestApi? node = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("X-API-KEY", key ?? DemoKey);
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
        return await (node ?? Node).Client.SendAsync(request);
    }

    protected async Task<JsonElement> DataAsync(
        string method, string path, string? body = null, string? key = null, TestApi? node = null, string? idempotencyKey = null)
    {
        using var response = await SendAsync(method, path, body, key, node, idempotencyKey);
        return await response.DataAsync();
    }

    protected async Task<(int Status, string Code)> FailureAsync(
        string method, string path, string? body = null, string? key = null, string? idempotencyKey = null)
    {
        using var response = await SendAsync(method, path, body, key, idempotencyKey: idempotencyKey);
        return ((int)response.StatusCode, await response.FailureCodeAsync());
    }

    protected async Task<Guid> ProfileAsync(string data = """{"name":"Kim Minji","locale":"ko"}""", string? key = null) =>
        (await DataAsync("POST", "/v1/profile", data, key)).GetProperty("profile_id").GetGuid();

    /// <summary>A chat whose run the pipeline has accepted, so that polls ask after it.</summary>
    protected async Task<Guid> ChatAsync(Guid profile, string prompt = "Dinner ideas?")
    {
        var chat = (await DataAsync("POST", Chats(profile), JsonSerializer.Serialize(new { prompt }))).GetProperty("chat_id").GetGuid();
        await Eventually.TrueAsync(() => Rows.ScalarAsync<bool>(
            "select exists (select from pipeline_run where chat_id = @chat and started_at is not null)", new { chat }));
        return chat;
    }

    protected async Task<Guid> CompletedChatAsync(Guid profile, string? answer = null)
    {
        var chat = await ChatAsync(profile);
        Pipeline.Answer = _ => answer ?? TestPipeline.Completed();
        (await DataAsync("GET", Chat(profile, chat))).GetProperty("status").GetString().Should().Be("completed");
        return chat;
    }

    protected Task<long> EventsAsync(Guid chat, string kind) =>
        Rows.ScalarAsync<long>("select count(*) from chat_event where chat_id = @chat and kind = @kind", new { chat, kind });

    protected static string Chats(Guid profile) => $"/v1/chat/{profile}/recommend";

    protected static string Chat(Guid profile, Guid chat) => $"/v1/chat/{profile}/recommend/{chat}";

    protected static string BackList(Guid profile) => $"/v1/chat/{profile}/backlist-trigger";

    private async Task<string> KeyAsync(string tenant)
    {
        await using var scope = Node.Services.CreateAsyncScope();
        var created = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CreateApiKeyCommand(tenant));
        return created.Key.Secret;
    }
}
