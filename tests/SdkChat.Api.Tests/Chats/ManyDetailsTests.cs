using System.Text.Json;

namespace SdkChat.Api.Tests.Chats;

/// <summary>Results are read into memory that is used again: whoever asks, and whoever asks beside him, gets his own to the byte.</summary>
public sealed class ManyDetailsTests : HistoryFixture
{
    private const int Tenants = 4;
    private const int Askers = 24;
    private const int Rounds = 12;

    /// <summary>Of one size, so that each fits where another's lay; and of others, to move things about.</summary>
    private static readonly int[] Lengths = [40_000, 40_000, 300, 150_000];

    [Test]
    public async Task Detail_OfManyTenantsAtOnce_IsEachOnesOwn()
    {
        var chats = await Task.WhenAll(
            Enumerable.Range(0, Tenants).SelectMany(tenant => Lengths.Select((length, n) => AddAsync(tenant, n, length))));

        await Task.WhenAll(Enumerable.Range(0, Askers).Select(async asker =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                // Some ask for the same at the same time, and share.
                var (path, token, results) = chats[((asker / 2 * 7) + (round * 5)) % chats.Length];
                (await ResultsAsync(path, token)).Should().Equal(results);
            }
        }));
    }

    private async Task<(string Path, string Token, string[] Results)> AddAsync(int number, int n, int length)
    {
        var tenant = await Rows.TenantAsync($"shop-{number}-{n}");
        var chat = await Rows.ChatAsync(tenant, await Rows.ProfileAsync(tenant), status: "completed");
        string[] results = [.. "tri".Select(member => $"[\"{new string(member, length)}{number}-{n}\"]")];
        await Rows.ExecuteAsync(
            """
            update sdk_chat set pipeline_todos = convert_to(@todos, 'UTF8'), pipeline_recommended_items = convert_to(@recommended, 'UTF8'),
              pipeline_notification_items = convert_to(@notifications, 'UTF8')
            where chat_id = @chat
            """,
            new { chat, todos = results[0], recommended = results[1], notifications = results[2] });
        return ($"/api/v1/sdk-chat/{chat}", Api.TenantToken(tenant), results);
    }

    private async Task<string[]> ResultsAsync(string path, string token)
    {
        using var response = await SendAsync(path, token);
        var data = await DataAsync(response);
        return [.. new[] { "todos", "recommended_items", "notification_items" }
            .Select(name => JsonSerializer.Serialize(data.GetProperty(name)))];
    }
}
