using System.Text.Json;
using SdkChat.Client.Tests.Support;
using SdkChat.TestSupport;
using SdkChat.TestSupport.Documents;

namespace SdkChat.Client.Tests.Documents;

/// <summary>The file of requests for editors: every call of the API is in it, and each does what it says.</summary>
public sealed class HttpFileTests
{
    private static HttpFile Read() => HttpFile.Read(Repository.Path("docs/sdkchat.http"));

    [Test]
    public void File_AndDocument_HaveTheSameCalls() =>
        Read().Parts.Select(part => part.Name).Should().Contain(
            ApiDocument.Committed.Operations.Select(operation => operation.Operation.GetProperty("operationId").GetString()));

    [Test]
    public void Requests_WithTheNameOfACall_AreThatCall()
    {
        foreach (var part in Read().Parts.Where(part => part.Method is not null))
        {
            var path = part.Target!.Replace("{{base}}", "", StringComparison.Ordinal).Split('?')[0]
                .Replace("{{", "{", StringComparison.Ordinal);
            var operation = ApiDocument.Committed.Operation(part.Method!, ApiDocument.Committed.Template(path)!)!.Value;
            part.Name.Should().StartWith(operation.GetProperty("operationId").GetString());
            operation.GetProperty("responses").TryGetProperty($"{part.Expected}", out _)
                .Should().BeTrue($"{part.Name} expects {part.Expected}");
        }
    }

    [Test]
    public async Task Requests_OneAfterTheOther_AreAnsweredAsTheyExpect()
    {
        await using var pipeline = await TestPipeline.StartAsync();
        pipeline.Answer = _ => TestPipeline.Completed();
        await using var shop = await Shop.OpenAsync(("Pipeline:BaseUrl", pipeline.BaseUrl));
        using var client = shop.Api.NewClient();
        var file = Read();
        file.Set("base", shop.Address.ToString().TrimEnd('/'));
        file.Set("tenant_token", shop.Token);
        file.Set("backoffice_token", shop.Api.BackofficeToken());
        file.Set("sdk_key", await shop.KeyAsync());

        foreach (var part in file.Parts)
        {
            file.Define(part);
            if (part.Method is not null)
                await Eventually.TrueAsync(() => IsDoneAsync(client, file, part));
        }
    }

    /// <returns>False where it is to be sent again: a poll, until the chat has its result.</returns>
    private static async Task<bool> IsDoneAsync(HttpClient client, HttpFile file, HttpFilePart part)
    {
        using var request = file.Request(part);
        // Not disposed: a stream is to stay open until it is ended by another request.
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        ((int)response.StatusCode).Should().Be(part.Expected, part.Name);
        var body = response.Content.Headers.ContentType?.MediaType == "application/json"
            ? JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement
            : (JsonElement?)null;
        file.Remember(part, response, body);
        return part.Name != "pollChat" || body!.Value.GetProperty("data").GetProperty("status").GetString() == "completed";
    }
}
