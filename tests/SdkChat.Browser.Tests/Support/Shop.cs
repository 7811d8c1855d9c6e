using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Tenants;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests.Support;

/// <summary>One tenant: what lies in its history, and its shoppers, who use the SDK's own calls.</summary>
internal sealed class Shop
{
    public const string Todos = """[{"id":"t1","text":"Boil the noodles","quantity":2}]""";

    public const string Recommended =
        """[{"id":"r1","name":"Udon 3 pack","section":"A1","price":398,"currency":"JPY","reason":{"ko":"따뜻해요","en":"Warm and quick","ja":"温かい"}}]""";

    public const string Notifications =
        """[{"id":"n1","title":"Udon is on sale","message":"Aisle one","product_id":"r1","position":{"x":0.25,"y":0.5}},{"id":"n2","title":"Nowhere","message":"No place"}]""";

    private static readonly ConcurrentDictionary<Guid, string> Answers = new();

    private readonly Lazy<Task<HttpClient>> _sdk;

    public Shop((Guid Id, string Code) tenant)
    {
        (Id, Code) = tenant;
        Rows = new Rows(Stage.ConnectionString);
        _sdk = new Lazy<Task<HttpClient>>(SdkAsync);
    }

    public Guid Id { get; }

    public string Code { get; }

    public Rows Rows { get; }

    public string Token(TimeSpan? lifetime = null) => Stage.Api.TenantToken(Id, code: Code, lifetime: lifetime);

    /// <summary>A profile and chats in its history, a minute between each, the last the newest.</summary>
    public async Task<Guid> HistoryAsync(
        int chats, string status = "completed", string profile = """{"name":"Kim Minji","locale":"ko","age":32,"gender":"F"}""")
    {
        var id = await Rows.ProfileAsync(Id, profile);
        var start = DateTimeOffset.UtcNow.AddDays(-1);
        for (var chat = 0; chat < chats; chat++)
            await Rows.ChatAsync(Id, id, start.AddMinutes(chat), status);
        return id;
    }

    /// <summary>A shopper asks; the pipeline does not answer yet.</summary>
    public async Task<(Guid Profile, Guid Chat)> AskAsync(string prompt = "Dinner ideas?", object? profile = null)
    {
        var sdk = await _sdk.Value;
        var id = (await DataAsync(sdk.PostAsJsonAsync("/v1/profile", profile ?? new { name = "Sato Hanako", locale = "ja", age = 41 })))
            .GetProperty("profile_id").GetGuid();
        var chat = (await DataAsync(sdk.PostAsJsonAsync($"/v1/chat/{id}/recommend", new { prompt }))).GetProperty("chat_id").GetGuid();
        return (id, chat);
    }

    /// <summary>The pipeline answers, and the shopper's next poll finds that out.</summary>
    public async Task CompleteAsync(
        (Guid Profile, Guid Chat) asked, string? todos = null, string? recommended = null, string? notifications = null)
    {
        Answers[asked.Chat] = TestPipeline.Completed(todos ?? Todos, recommended ?? Recommended, notifications ?? Notifications);
        Stage.Pipeline.Answer = run => Answers.GetValueOrDefault(run, TestPipeline.StillRunning);
        await PollUntilAsync(asked, "completed");
    }

    /// <summary>The pipeline fails, and the shopper's next poll finds that out.</summary>
    public async Task FailAsync((Guid Profile, Guid Chat) asked, string error)
    {
        Answers[asked.Chat] = JsonSerializer.Serialize(new { status = "error", error });
        Stage.Pipeline.Answer = run => Answers.GetValueOrDefault(run, TestPipeline.StillRunning);
        await PollUntilAsync(asked, "error");
    }

    /// <summary>The shopper closes the chat.</summary>
    public async Task EndAsync((Guid Profile, Guid Chat) asked) =>
        await DataAsync((await _sdk.Value).DeleteAsync($"/v1/chat/{asked.Profile}/recommend/{asked.Chat}"));

    /// <summary>The shopper reaches the back list.</summary>
    public async Task TriggerAsync((Guid Profile, Guid Chat) asked) =>
        await DataAsync((await _sdk.Value).PostAsJsonAsync($"/v1/chat/{asked.Profile}/backlist-trigger", new { chat_id = asked.Chat }));

    /// <summary>How many streams the service has opened for this tenant so far.</summary>
    public int StreamsOpened() => Logged($"Stream of tenant {Id} opened");

    /// <summary>How many of those have ended.</summary>
    public int StreamsEnded() => Logged($"Stream of tenant {Id} ended");

    private static int Logged(string beginning) =>
        Stage.Api.Logs.Entries.Count(entry => entry.Text.StartsWith(beginning, StringComparison.Ordinal));

    private async Task PollUntilAsync((Guid Profile, Guid Chat) asked, string status)
    {
        var sdk = await _sdk.Value;
        await Eventually.TrueAsync(async () =>
            (await DataAsync(sdk.GetAsync($"/v1/chat/{asked.Profile}/recommend/{asked.Chat}"))).GetProperty("status")
                .GetString() == status);
    }

    private async Task<HttpClient> SdkAsync()
    {
        await using var scope = Stage.Api.Services.CreateAsyncScope();
        var key = (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CreateApiKeyCommand(Code))).Key.Secret;
        var client = new HttpClient { BaseAddress = Stage.Api.BaseAddress };
        client.DefaultRequestHeaders.Add("X-API-KEY", key);
        return client;
    }

    private static async Task<JsonElement> DataAsync(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        response.IsSuccessStatusCode.Should().BeTrue(body.ToString());
        return body.GetProperty("data");
    }
}
