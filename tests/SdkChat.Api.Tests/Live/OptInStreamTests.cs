using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>Streams that choose their events (contract, section 8.5), as their bytes travel.</summary>
public sealed partial class OptInStreamTests(bool direct) : OverBothOutputs(direct)
{
    private readonly Rows _rows = new(SharedApi.ConnectionString);

    private Guid _tenant;
    private Guid _profile;

    [SetUp]
    public async Task AddTenantAsync()
    {
        _tenant = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");
        _profile = await _rows.ProfileAsync(_tenant);
    }

    [TestCase("chat_started")]
    [TestCase("chat_completed")]
    [TestCase("chat_ended")]
    public async Task Stream_ThatAsksForOneKind_GetsThatKindAloneToTheByte(string kind)
    {
        using var stream = await OpenAsync($"events={kind}");
        var chat = Guid.CreateVersion7();
        foreach (var other in new[] { "chat_started", "chat_completed", "chat_ended" }.Where(other => other != kind))
            await _rows.EventAsync(_tenant, _profile, Guid.CreateVersion7(), other);

        await _rows.EventAsync(_tenant, _profile, chat, kind);
        await stream.UntilAsync($"{chat}\"}}\n\n");

        Opening().Replace(stream.Body, "")
            .Should().Be($"event: {kind}\ndata: {{\"profile_id\":\"{_profile}\",\"chat_id\":\"{chat}\"}}\n\n");
    }

    [TestCase("The pipeline failed.", "\"The pipeline failed.\"")]
    [TestCase("Zeile 1\nZeile 2 \"한글\" <b>", "\"Zeile 1\\nZeile 2 \\\"한글\\\" <b>\"")]
    public async Task Stream_ThatAsksForFailures_GetsTheError(string error, string json)
    {
        using var stream = await OpenAsync("events=chat_failed");
        var chat = await _rows.ChatAsync(_tenant, _profile, status: "error");
        await _rows.ExecuteAsync("update sdk_chat set last_error = @error where chat_id = @chat", new { error, chat });

        await _rows.EventAsync(_tenant, _profile, chat, "chat_failed");
        await stream.UntilAsync($"{json}}}\n\n");

        Opening().Replace(stream.Body, "").Should()
            .Be($"event: chat_failed\ndata: {{\"profile_id\":\"{_profile}\",\"chat_id\":\"{chat}\",\"last_error\":{json}}}\n\n");
    }

    [Test]
    public async Task Stream_FailureOfAChatThatWasErased_SaysNull()
    {
        using var stream = await OpenAsync("events=chat_failed");

        await _rows.EventAsync(_tenant, _profile, Guid.CreateVersion7(), "chat_failed");
        await stream.UntilAsync("\"last_error\":null}\n\n");
    }

    [Test]
    public async Task Stream_OfOneProfile_GetsNoOthersEvents()
    {
        using var stream = await OpenAsync($"profile_id={_profile}");
        using var theirs = await OpenAsync($"events=chat_started&profile_id={_profile}");
        var (chat, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var kind in new[] { "chat_started", "chat_completed" })
        {
            await _rows.EventAsync(_tenant, Guid.CreateVersion7(), other, kind);
            await _rows.EventAsync(_tenant, _profile, chat, kind);
        }

        await stream.UntilAsync($"{chat}");
        await theirs.UntilAsync($"{chat}");

        stream.Body.Should().Contain("event: chat_completed").And.NotContain($"{other}").And.NotContain("chat_started");
        theirs.Body.Should().Contain("event: chat_started").And.NotContain($"{other}").And.NotContain("chat_completed");
    }

    [Test]
    public async Task Stream_OfAnotherTenantsProfile_GetsNothing()
    {
        var other = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");
        var theirs = await _rows.ProfileAsync(other);
        using var stream = await OpenAsync($"events=chat_started,chat_completed&profile_id={theirs}");
        using var own = await OpenAsync("events=chat_started");

        await _rows.EventAsync(other, theirs, Guid.CreateVersion7(), "chat_started");
        var last = Guid.CreateVersion7();
        await _rows.EventAsync(_tenant, _profile, last, "chat_started");
        await own.UntilAsync($"{last}");

        own.Body.Should().NotContain($"{theirs}");
        Opening().Replace(stream.Body, "").Should().BeEmpty();
    }

    [Test]
    public async Task Stream_WithoutParameters_BesideStreamsThatAsk_GetsTheTwoKindsAlone()
    {
        using var plain = await StreamSocket.ReadyAsync(Api.BaseAddress, Api.TenantToken(_tenant));
        using var all = await OpenAsync("events=chat_started,chat_completed,chat_failed,chat_ended,backlist_triggered");
        var chat = Guid.CreateVersion7();
        foreach (var kind in new[] { "chat_started", "chat_failed", "chat_ended", "chat_completed" })
            await _rows.EventAsync(_tenant, _profile, chat, kind);
        await _rows.EventAsync(_tenant, _profile, chat, "backlist_triggered", "[7]");

        await all.UntilAsync("[7]");
        await plain.UntilAsync("[7]");

        EventName().Matches(all.Body).Select(match => match.Groups[1].Value)
            .Should().Equal("ready", "chat_started", "chat_failed", "chat_ended", "chat_completed", "backlist_triggered");
        EventName().Matches(plain.Body).Select(match => match.Groups[1].Value)
            .Should().Equal("ready", "chat_completed", "backlist_triggered");
    }

    [TestCase("events=chat_deleted", "events")]
    [TestCase("events=", "events")]
    [TestCase("events=chat_started,", "events")]
    [TestCase("events=Chat_Started", "events")]
    [TestCase("events=chat_started, chat_ended", "events")]
    [TestCase("events=ready", "events")]
    [TestCase("events=%00", "events")]
    [TestCase("events=chat_started&events=chat_ended", "events")]
    [TestCase("profile_id=", "profile_id")]
    [TestCase("profile_id=1", "profile_id")]
    [TestCase("profile_id=01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90&profile_id=01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90", "profile_id")]
    public async Task Stream_WrongParameter_Is400NamingIt(string query, string parameter)
    {
        using var client = Api.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Api.TenantToken(_tenant));
        using var response = await client.GetAsync(new Uri($"{StreamSocket.Path}?{query}", UriKind.Relative));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var failure = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        failure.GetProperty("code").GetString().Should().Be("VALIDATION_FAILED");
        failure.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(parameter);
    }

    [TestCase("events=chat_started,chat_started,chat_ended")]
    [TestCase("event=chat_deleted")]
    public async Task Stream_RepeatedNameOrUnknownParameter_IsTaken(string query)
    {
        using var stream = await OpenAsync(query);

        stream.Received.Should().StartWith("HTTP/1.1 200 OK\r\n");
    }

    private async Task<StreamSocket> OpenAsync(string query)
    {
        var server = Api.BaseAddress;
        var stream = await StreamSocket.SendAsync(
            server,
            $"GET {StreamSocket.Path}?{query} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {Api.TenantToken(_tenant)}\r\n"
                + "\r\n");
        await stream.UntilAsync("event: ready\ndata: {}\n\n");
        return stream;
    }

    [GeneratedRegex(@"^retry: \d+\n\nevent: ready\ndata: \{\}\n\n")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^event: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex EventName();
}
