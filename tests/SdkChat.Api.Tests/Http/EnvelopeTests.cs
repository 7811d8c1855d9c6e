using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using SdkChat.Api.Http.Errors;
using SdkChat.Api.Tests.Support;
using SdkChat.Application.Common.Exceptions;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Http;

/// <summary>Every failure that reaches the application has the one shape (contract, section 2).</summary>
public sealed class EnvelopeTests
{
    private static readonly ErrorCode[] Codes = Enum.GetValues<ErrorCode>();

    private static HttpClient Client => SharedApi.Api.Client;

    [TestCaseSource(nameof(Codes))]
    public async Task Failure_OfEveryCode_IsTheEnvelope(ErrorCode code)
    {
        using var response = await Client.GetAsync($"/v1/probe/throw/{code}");

        var row = ErrorTable.Get(code);
        ((int)response.StatusCode).Should().Be(row.Status);
        // A probe's VALIDATION_FAILED has no errors to show; the real ones are tested below.
        if (code != ErrorCode.ValidationFailed)
            (await response.FailureCodeAsync()).Should().Be(row.Code);
        response.Header("Retry-After").Should().Be(row.RetryAfterSeconds?.ToString());
    }

    [TestCase("/nowhere")]
    [TestCase("/")]
    [TestCase("/api")]
    [TestCase("/api/v1/nowhere")]
    [TestCase("/v1/nowhere")]
    [TestCase("/api/v1/sdk-chat/a/b/c")]
    public async Task Request_ToAnUnknownRoute_IsNotFound(string path)
    {
        foreach (var method in new[] { "GET", "POST", "DELETE", "OPTIONS" })
        {
            using var response = await Client.SendAsync(Request(path, method));
            response.StatusCode.Should().Be(HttpStatusCode.NotFound);
            (await response.FailureCodeAsync()).Should().Be("NOT_FOUND");
        }
    }

    [Test]
    public async Task Request_WithAnotherMethod_IsToldWhichThereAre()
    {
        using var response = await Client.SendAsync(Request("/api/v1/sdk-chat", "DELETE"));

        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        (await response.FailureCodeAsync()).Should().Be("METHOD_NOT_ALLOWED");
        response.Content.Headers.Allow.Should().Contain("GET");
    }

    [Test]
    public async Task Options_WithoutBeingAPreflight_NamesTheMethods()
    {
        using var response = await Client.SendAsync(Request("/api/v1/sdk-chat", "OPTIONS"));

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        response.Content.Headers.Allow.Should().BeEquivalentTo("GET", "HEAD");
    }

    [Test]
    public async Task Head_OfAGet_IsTheSameWithoutABody()
    {
        var token = SharedApi.Api.TenantToken(SharedApi.Demo);
        using var get = await Client.SendAsync(Request($"/api/v1/sdk-chat/{SharedApi.DemoChat}", token: token));
        using var head = await Client.SendAsync(Request($"/api/v1/sdk-chat/{SharedApi.DemoChat}", "HEAD", token));
        using var missing = await Client.SendAsync(Request("/nowhere", "HEAD"));
        using var only = await Client.SendAsync(Request("/v1/probe/only", "HEAD"));

        head.StatusCode.Should().Be(HttpStatusCode.OK);
        head.Headers.ETag.Should().Be(get.Headers.ETag);
        head.Content.Headers.ContentLength.Should().Be(get.Content.Headers.ContentLength);
        (await head.Content.ReadAsStringAsync()).Should().BeEmpty();
        missing.StatusCode.Should().Be(HttpStatusCode.NotFound);
        only.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    [TestCase("text/html", 406)]
    [TestCase("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 200)]
    [TestCase("application/*", 200)]
    [TestCase("application/json;q=0", 406)]
    [TestCase("application/json;q=0, */*", 406)]
    [TestCase("text/event-stream", 406)]
    [TestCase("application/json; charset=utf-8", 200)]
    [TestCase("complete nonsense", 200)]
    public async Task Accept_OfARequest_DecidesOnlyWhetherThereIsAnAnswer(string accept, int status)
    {
        var token = SharedApi.Api.TenantToken(SharedApi.Demo);
        foreach (var path in new[] { "/api/v1/sdk-chat", $"/api/v1/sdk-chat/{SharedApi.DemoChat}" })
        {
            using var response = await Client.SendAsync(Request(path, token: token, headers: ("Accept", accept)));
            ((int)response.StatusCode).Should().Be(status);
            if (status == 406)
                (await response.FailureCodeAsync()).Should().Be("NOT_ACCEPTABLE");
        }
    }

    [TestCase("text/event-stream", 200)]
    [TestCase("*/*", 200)]
    [TestCase("application/json", 406)]
    public async Task Accept_OfAStream_IsItsOwnMediaType(string accept, int status)
    {
        using var response = await Client.SendAsync(Request("/v1/probe/events", headers: ("Accept", accept)));

        ((int)response.StatusCode).Should().Be(status);
    }

    [TestCase("text/html", "/nowhere", "NOT_FOUND")]
    [TestCase("text/html", "/api/v1/sdk-chat", "UNAUTHENTICATED")]
    public async Task Failure_ForABrowser_IsTheEnvelopeToo(string accept, string path, string code)
    {
        using var response = await Client.SendAsync(Request(path, headers: ("Accept", accept)));

        (await response.FailureCodeAsync()).Should().Be(code);
    }

    [TestCase(65_537, false, 413)]
    [TestCase(65_537, true, 413)]
    [TestCase(65_536, false, 400)]
    [TestCase(65_536, true, 400)]
    public async Task Body_OverTheLimit_IsTooLarge(int bytes, bool chunked, int status)
    {
        using var response = await SendAsync(new ByteArrayContent(Encoding.ASCII.GetBytes(new string(' ', bytes))), chunked);

        ((int)response.StatusCode).Should().Be(status);
        (await response.FailureCodeAsync()).Should().Be(status == 413 ? "PAYLOAD_TOO_LARGE" : "MALFORMED_JSON");
    }

    [Test]
    public async Task Body_OverTheLimitThatNobodyReads_IsTooLarge()
    {
        using var response = await Client.PostAsync("/v1/probe/unread", new ByteArrayContent(new byte[70_000]));

        (await response.FailureCodeAsync()).Should().Be("PAYLOAD_TOO_LARGE");
    }

    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("application/json; charset=utf-16")]
    [TestCase(null)]
    public async Task Body_OfAnotherMediaType_IsUnsupported(string? mediaType)
    {
        var content = new ByteArrayContent("{}"u8.ToArray());
        if (mediaType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        using var response = await Client.PostAsync("/v1/probe/body", content);

        response.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await response.FailureCodeAsync()).Should().Be("UNSUPPORTED_MEDIA_TYPE");
    }

    [Test]
    public async Task Crash_Inside_TellsNothingAndIsLogged()
    {
        using var response = await Client.SendAsync(Request("/v1/probe/crash", headers: ("X-Request-Id", "crash-1")));

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.FailureCodeAsync()).Should().Be("INTERNAL");
        (await response.Content.ReadAsStringAsync()).Should().NotContainAny("hunter2", "InvalidOperation", "probe");
        SharedApi.Api.Logs.Entries.Should().ContainSingle(entry => entry.Level == LogLevel.Error && entry.Text.Contains("crash-1"));
    }

    [TestCase(true, "CHAT_ENDED")]
    [TestCase(false, "CHAT_NOT_COMPLETED")]
    public async Task Transition_ThatTheDomainRefuses_IsAConflict(bool ended, string code)
    {
        using var response = await Client.GetAsync($"/v1/probe/refused?ended={(ended ? "true" : "false")}");

        response.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await response.FailureCodeAsync()).Should().Be(code);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpContent content, bool chunked)
    {
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        var request = Request("/v1/probe/body", "POST");
        request.Content = content;
        request.Headers.TransferEncodingChunked = chunked;
        return Client.SendAsync(request);
    }
}
