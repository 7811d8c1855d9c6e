namespace SdkChat.Api.Tests.Sdk;

/// <summary>
/// What belongs to another tenant and what does not exist are refused alike, to the byte: the answer must not tell which it is.
/// </summary>
public sealed class UnknownIdTests() : SdkFixture(nodes: 1)
{
    private static readonly string[] OfItsOwn = ["X-Request-Id", "Date"];

    [Test]
    public async Task Refusal_OfAForeignId_IsThatOfARandomOne()
    {
        var foreign = await ProfileAsync();
        var foreignChat = await CompletedChatAsync(foreign);
        var own = await ProfileAsync(key: AcmeKey);
        var (random, randomChat) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        foreach (var (method, path, body) in Calls(own, foreign, foreignChat)
            .Zip(Calls(own, random, randomChat), (one, other) => (one, other))
            .Select(pair => (pair.one.Method, (pair.one.Path, pair.other.Path), (pair.one.Body, pair.other.Body))))
        {
            var theirs = await AnswerAsync(method, path.Item1, body.Item1);
            var nobodys = await AnswerAsync(method, path.Item2, body.Item2);

            theirs.Should().Be(nobodys, "{0} {1}", method, path.Item1).And.StartWith("404 ");
        }
    }

    private static IEnumerable<(string Method, string Path, string? Body)> Calls(Guid own, Guid profile, Guid chat) =>
    [
        ("GET", $"/v1/profile/{profile}", null),
        ("PUT", $"/v1/profile/{profile}", "{}"),
        ("DELETE", $"/v1/profile/{profile}", null),
        ("POST", $"/v1/profile/{profile}/session/start", null),
        ("POST", $"/v1/profile/{profile}/session/stamp", """{"status":"ENTERED"}"""),
        ("POST", $"/v1/profile/{profile}/session/end", null),
        ("POST", Chats(profile), """{"prompt":"Dinner ideas?"}"""),
        ("GET", Chats(profile), null),
        ("GET", Chat(profile, chat), null),
        ("DELETE", Chat(profile, chat), null),
        ("POST", BackList(profile), $$"""{"chat_id":"{{chat}}"}"""),
        ("GET", Chat(own, chat), null),
        ("DELETE", Chat(own, chat), null),
        ("POST", BackList(own), $$"""{"chat_id":"{{chat}}"}"""),
    ];

    /// <summary>Status, headers and body, without what differs from answer to answer.</summary>
    private async Task<string> AnswerAsync(string method, string path, string? body)
    {
        using var response = await SendAsync(method, path, body, AcmeKey);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => !OfItsOwn.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order(StringComparer.Ordinal);
        return $"{(int)response.StatusCode} {string.Join('\n', headers)}\n{await response.Content.ReadAsStringAsync()}";
    }
}
