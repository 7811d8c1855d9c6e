using System.Text.Json;
using SdkChat.Api.CommandLine.Errors;

namespace SdkChat.Development.DemoPlayer;

/// <summary>A shopper whose app starts a chat, polls it, reaches the back list and ends the chat, like an SDK.</summary>
internal sealed class DemoShopper(Uri url, string key, DemoOutput output)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(500);

    public async Task PlayAsync(string prompt, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = url };
        client.DefaultRequestHeaders.Add("X-API-KEY", key);

        var profile = (await PostAsync(client, "/v1/profile", DemoProfile.For(prompt), cancellationToken)).GetProperty("profile_id")
            .GetString()!;
        output.Shopper($"has profile {profile}");
        var chats = $"/v1/chat/{profile}/recommend";
        var chat = (await PostAsync(client, chats, new { prompt }, cancellationToken)).GetProperty("chat_id").GetString()!;
        output.Shopper($"asks \"{prompt}\" in chat {chat}");

        await PollAsync(client, $"{chats}/{chat}", cancellationToken);
        await PostAsync(client, $"/v1/chat/{profile}/backlist-trigger", new { chat_id = chat }, cancellationToken);
        output.Shopper("reaches the back list");
        using var ended = await client.DeleteAsync($"{chats}/{chat}", cancellationToken);
        await DataAsync(ended, cancellationToken);
        output.Shopper("ends the chat");
    }

    private async Task PollAsync(HttpClient client, string chat, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var answer = await client.GetAsync(chat, cancellationToken);
            var data = await DataAsync(answer, cancellationToken);
            var status = data.GetProperty("status").GetString();
            output.Shopper(status == "completed" ? $"polls: completed, {Names(data)}" : $"polls: {status}");
            if (status != "in_progress")
                return;
            await Task.Delay(PollEvery, cancellationToken);
        }
    }

    private static string Names(JsonElement chat) =>
        string.Join(", ", chat.GetProperty("recommended_items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync(path, body, cancellationToken);
        return await DataAsync(answer, cancellationToken);
    }

    private static async Task<JsonElement> DataAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.IsSuccessStatusCode
            ? body.GetProperty("data")
            : throw new CommandFailedException($"The service refused: {body.GetProperty("message").GetString()}");
    }
}
