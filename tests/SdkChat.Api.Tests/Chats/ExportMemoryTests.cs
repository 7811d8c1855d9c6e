using System.Net;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Chats;

/// <summary>An export needs the same memory whatever its number of rows (contract, section 8.4).</summary>
public sealed class ExportMemoryTests : HistoryFixture
{
    private const int Chats = 8_000;

    /// <summary>Texts that each row has and that no search looks through, so that they cost the database nothing.</summary>
    private const int TextLength = 1_000;

    private const int FileBytes = Chats * 2 * TextLength;
    private const long HeapIfRowsWereKept = FileBytes * (long)sizeof(char);

    [OneTimeSetUp]
    public async Task Seed()
    {
        var text = new string('x', TextLength);
        var profile = await Rows.ProfileAsync(Tenant, $$"""{"name":"Kim","gender":"{{text}}","age":32,"locale":"{{text}}"}""");
        await Rows.ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, created_at, updated_at)
            select gen_random_uuid(), @tenant, @profile, 'Dinner', 'in_progress', 'not_started', now() - n * interval '1 minute', now()
            from generate_series(1, @chats) n
            """,
            new { tenant = Tenant, profile, chats = Chats });
    }

    [TestCase("csv")]
    [TestCase("ndjson")]
    public async Task Export_OfManyRows_KeepsNone(string format)
    {
        // Not the client of the other tests, which reads each response to its end before it passes it on.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Api.BaseAddress };
        await ReadAsync(client, $"/api/v1/sdk-chat/export?format={format}&status=error", 0);
        var before = HeapInUse();

        var whileRunning = await ReadAsync(client, $"/api/v1/sdk-chat/export?format={format}", FileBytes / 6 * 5);

        (whileRunning - before).Should().BeLessThan(HeapIfRowsWereKept / 4);
    }

    /// <summary>
    /// Reads a part of an export. The service goes on with the next rows only while what it has ready fits into the connection's buffers.
    /// </summary>
    /// <returns>The heap's size meanwhile.</returns>
    private async Task<long> ReadAsync(HttpClient client, string path, int bytes)
    {
        HttpResponseMessage? answer = null;
        await Eventually.TrueAsync(async () =>
        {
            using var request = ApiCalls.Request(path, token: Api.TenantToken(Tenant));
            answer?.Dispose();
            answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            // The service takes a moment to see that the export before was left.
            return answer.StatusCode != HttpStatusCode.TooManyRequests;
        });
        using var response = answer!;
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        for (var left = bytes; left > 0;)
        {
            var read = await body.ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)));
            read.Should().BePositive("the export has more rows than were read");
            left -= read;
        }

        return HeapInUse();
    }

    private static long HeapInUse()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
