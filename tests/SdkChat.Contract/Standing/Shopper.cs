using System.Text;
using System.Text.Json;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Standing;

/// <summary>A shopper whose app calls the service. Each rule takes one of its own, so that none meets another's chats.</summary>
internal sealed class Shopper
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(130);

    private readonly Service _service;
    private readonly Credential _key;

    private Shopper(Service service, Credential key, string profile) => (_service, _key, Profile) = (service, key, profile);

    public string Profile { get; }

    public static async Task<Shopper> ArriveAsync(
        Service service, string data = """{"name":"Contract Test","gender":"F","age":32,"locale":"en"}""", Credential? key = null)
    {
        var stored = await service.SendAsync(new Call("POST", Paths.Profiles, key ?? service.Key) { Body = Encoding.UTF8.GetBytes(data) });
        return new Shopper(service, key ?? service.Key, stored.Data().Text("profile_id")!);
    }

    public Task<Answer> SendAsync(string method, string path, string? body = null, string? idempotencyKey = null) =>
        _service.SendAsync(new Call(method, path, _key)
        {
            Body = body is null ? null : Encoding.UTF8.GetBytes(body),
            Headers = idempotencyKey is null ? [] : [("Idempotency-Key", idempotencyKey)],
        });

    public Task<Answer> AskAsync(string prompt = "Dinner ideas?", string? idempotencyKey = null) =>
        SendAsync("POST", Paths.Chats(Profile), $$"""{"prompt":{{JsonSerializer.Serialize(prompt)}}}""", idempotencyKey);

    /// <returns>The chat, in progress.</returns>
    public async Task<string> StartAsync() => (await AskAsync()).Data(202).Id();

    public Task<Answer> PollAsync(string chat) => SendAsync("GET", Paths.Chat(Profile, chat));

    public Task<Answer> EndAsync(string chat) => SendAsync("DELETE", Paths.Chat(Profile, chat));

    /// <param name="body">Null for none.</param>
    public Task<Answer> TriggerAsync(string? body, string? idempotencyKey = null) =>
        SendAsync("POST", Paths.BackList(Profile), body, idempotencyKey);

    public Task<Answer> TriggerWithAsync(string chat, string items) =>
        TriggerAsync($$"""{"chat_id":"{{chat}}","notification_items":{{items}}}""");

    public Task<Answer> DetailAsync(string chat) => _service.GetAsync(Paths.Detail(chat), _service.Tenant);

    /// <summary>The tenant's list of this shopper's chats.</summary>
    public async Task<JsonElement> ListAsync() => (await _service.GetAsync($"{Paths.List}?profile_id={Profile}", _service.Tenant)).Data();

    /// <returns>A chat that has its result.</returns>
    public async Task<string> CompleteAsync()
    {
        var chat = await StartAsync();
        await CompletedAsync(chat);
        return chat;
    }

    /// <summary>Polls until the chat is no longer in progress.</summary>
    /// <exception cref="CannotTellException">The pipeline has failed: whose fault that is cannot be seen from here.</exception>
    public async Task<JsonElement> CompletedAsync(string chat)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await PollAsync(chat);
            var polled = answer.Data();
            if (polled.Text("status") == "completed")
                return polled;
            if (polled.Text("status") != "in_progress")
                throw new CannotTellException($"the pipeline made the chat {polled.Text("status")}: {polled.Text("last_error")}");
            answer.Expect(
                TimeProvider.System.GetElapsedTime(started) < LongestRun, "the end of a run within its time limit", "status in_progress");
            await Pace.OfAsync(Pace.Poll);
        }
    }
}
