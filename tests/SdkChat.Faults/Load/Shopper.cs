using System.Net.Http.Json;
using System.Text.Json;
using SdkChat.Faults.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Faults.Load;

/// <summary>
/// A shopper's phone: asks, polls, reaches the back list twice, ends some chats, and begins anew. Whatever fails it tries again with the
/// same <c>Idempotency-Key</c>, now and then although it did not fail.
/// </summary>
internal sealed class Shopper(Uri server, RigTenant tenant, AcceptedWrites writes, CallCounts calls, int number) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = server, Timeout = TimeSpan.FromSeconds(8),
    };

    /// <summary>Goes on until told to stop, and then brings what it has begun to its end.</summary>
    public async Task ShopAsync(CancellationToken stop)
    {
        _client.DefaultRequestHeaders.Add("X-API-KEY", tenant.SdkKey);
        var profile = (await UntilDoneAsync(
            "profile",
            () => new HttpRequestMessage(HttpMethod.Post, "/v1/profile") { Content = JsonContent.Create(new { locale = "en" }) }))
            .GetProperty("profile_id").GetGuid();
        for (var round = 0; !stop.IsCancellationRequested; round++)
            await ShopOnceAsync(profile, round);
    }

    public void Dispose() => _client.Dispose();

    private async Task ShopOnceAsync(Guid profile, int round)
    {
        var write = $"w-{tenant.Code}-{number}-{Guid.NewGuid():n}";
        var chat = await KickOffAsync(profile, write, isRepeated: round % 5 == 0);
        if (!await IsCompletedAsync(profile, chat))
            return;

        for (var trigger = 0; trigger < 2; trigger++)
            await TriggerAsync(profile, chat, $"{write}-{trigger}", isRepeated: round % 5 == 1);
        if (round % 3 == 0)
            await UntilDoneAsync("end", () => new HttpRequestMessage(HttpMethod.Delete, $"/v1/chat/{profile}/recommend/{chat}"));
    }

    private async Task<Guid> KickOffAsync(Guid profile, string write, bool isRepeated)
    {
        LoggedSecrets.Remember(write);
        HttpRequestMessage Request() => Keyed(write, $"/v1/chat/{profile}/recommend", new { prompt = write });

        var chat = (await UntilDoneAsync("kickoff", Request)).GetProperty("chat_id").GetGuid();
        writes.Chats[write] = chat;
        if (isRepeated && (await UntilDoneAsync("kickoff again", Request)).GetProperty("chat_id").GetGuid() != chat)
            writes.Contradictions.Enqueue(write);
        return chat;
    }

    private async Task TriggerAsync(Guid profile, Guid chat, string write, bool isRepeated)
    {
        HttpRequestMessage Request() =>
            Keyed(write, $"/v1/chat/{profile}/backlist-trigger", new { chat_id = chat, notification_items = new[] { new { write } } });

        await UntilDoneAsync("trigger", Request);
        writes.Triggers[write] = chat;
        if (isRepeated)
            await UntilDoneAsync("trigger again", Request);
    }

    private async Task<bool> IsCompletedAsync(Guid profile, Guid chat)
    {
        while (true)
        {
            var poll = await UntilDoneAsync("poll", () => new HttpRequestMessage(HttpMethod.Get, $"/v1/chat/{profile}/recommend/{chat}"));
            if (poll.GetProperty("status").GetString() is not "in_progress" and var status)
                return status == "completed";
            await Task.Delay(Pause);
        }
    }

    private async Task<JsonElement> UntilDoneAsync(string call, Func<HttpRequestMessage> request)
    {
        while (true)
        {
            try
            {
                using var message = request();
                using var response = await _client.SendAsync(message);
                var body = await response.Content.ReadAsStringAsync();
                calls.Note(call, response, body);
                if (response.IsSuccessStatusCode)
                    return JsonSerializer.Deserialize<JsonElement>(body).GetProperty("data");
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                calls.Broken();
            }

            await Task.Delay(Pause);
        }
    }

    private static HttpRequestMessage Keyed(string write, string path, object body)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        message.Headers.Add("Idempotency-Key", write);
        return message;
    }
}
