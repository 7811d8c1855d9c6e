using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Calls;

/// <summary>What came back, to the byte, and what a rule may say about it.</summary>
internal sealed class Answer
{
    private static readonly TimeSpan LongestBody = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, string> _headers;
    private readonly string _request;

    private Answer(Call call, Uri service, HttpResponseMessage response, byte[]? body)
    {
        _request = call.Curl(service);
        Status = (int)response.StatusCode;
        Body = body ?? [];
        _headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            _headers[name] = string.Join(", ", values);
    }

    /// <summary>Reads an answer to its end; but for a stream, which has none, whatever its status.</summary>
    /// <exception cref="RuleBrokenException">The service began an answer and does not finish it.</exception>
    public static async Task<Answer> ReadAsync(Call call, Uri service, HttpResponseMessage response)
    {
        using var limit = new CancellationTokenSource(LongestBody);
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        try
        {
            return new Answer(call, service, response, isStream ? null : await response.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (OperationCanceledException)
        {
            throw new RuleBrokenException(
                $"the end of the answer within {LongestBody.TotalSeconds:F0} s", $"status {(int)response.StatusCode} and no end",
                call.Curl(service));
        }
    }

    public static Answer WithoutBody(Call call, Uri service, HttpResponseMessage response) => new(call, service, response, null);

    public int Status { get; }

    public byte[] Body { get; }

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>A header's values in one line; empty where it is missing.</summary>
    public string Header(string name) => _headers.GetValueOrDefault(name, "");

    public bool Has(string header) => _headers.ContainsKey(header);

    /// <summary>After how long a caller that was told to wait may come again; null where it was not told so.</summary>
    public TimeSpan? ComeAgain =>
        ((Status == 429 && Text.Contains("RATE_LIMITED", StringComparison.Ordinal))
            || (Status == 503 && Text.Contains("UNAVAILABLE", StringComparison.Ordinal)))
        && int.TryParse(Header("Retry-After"), CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <exception cref="RuleBrokenException">It is not so.</exception>
    public Answer Expect(bool holds, string expected, string came) =>
        holds ? this : throw new RuleBrokenException(expected, came, _request);

    public Answer ShouldBe(int status) => Expect(Status == status, $"status {status}", $"status {Status}{Said}");

    /// <summary>The header has this value, whatever its case.</summary>
    public Answer ShouldSay(string header, string value) =>
        Expect(
            Header(header).Equals(value, StringComparison.OrdinalIgnoreCase), $"{header}: {value}",
            Has(header) ? $"{header}: {Header(header)}" : $"no {header}");

    /// <summary>The header's list has this member.</summary>
    public Answer ShouldList(string header, string member) => Expect(
        Header(header).Split(',', StringSplitOptions.TrimEntries).Contains(member, StringComparer.OrdinalIgnoreCase),
        $"{member} in {header}", Has(header) ? $"{header}: {Header(header)}" : $"no {header}");

    /// <summary>The envelope of this failure.</summary>
    public Answer ShouldFail(int status, string code)
    {
        Expect(Status == status, $"status {status} {code}", $"status {Status}{Said}");
        var body = Json();
        Expect(body.Text("code") == code, $"code {code}", $"code {body.Text("code")}");
        return ShouldBeAFailure();
    }

    /// <summary>The failure envelope, whichever failure it is.</summary>
    public Answer ShouldBeAFailure()
    {
        var body = Json();
        var members = body.Members();
        var isInvalid = body.Text("code") == "VALIDATION_FAILED";
        string[] expected = isInvalid && members.Contains("errors")
            ? ["success", "code", "message", "errors"]
            : ["success", "code", "message"];
        Expect(members.SequenceEqual(expected), $"members {string.Join(", ", expected)}", $"members {string.Join(", ", members)}");
        Expect(
            body.GetProperty("success").ValueKind == JsonValueKind.False, "\"success\": false",
            $"\"success\": {body.GetProperty("success")}");
        Expect(!string.IsNullOrEmpty(body.Text("message")), "a message", "none");
        return ShouldBeJson();
    }

    /// <summary>400 that names this parameter or member.</summary>
    public Answer ShouldRefuse(string parameter)
    {
        ShouldFail(400, "VALIDATION_FAILED");
        var named = Json().TryGetProperty("errors", out var errors) ? errors.Members() : [];
        return Expect(
            named.Contains(parameter), $"errors naming {parameter}",
            $"errors naming {(named.Length == 0 ? "nothing" : string.Join(", ", named))}");
    }

    /// <summary>What a success holds.</summary>
    public JsonElement Data(int status = 200)
    {
        ShouldBe(status).ShouldBeJson();
        var body = Json();
        var members = body.Members();
        Expect(members.SequenceEqual(["success", "data"]), "members success, data", $"members {string.Join(", ", members)}");
        Expect(
            body.GetProperty("success").ValueKind == JsonValueKind.True, "\"success\": true",
            $"\"success\": {body.GetProperty("success")}");
        return body.GetProperty("data");
    }

    public Answer ShouldBeJson()
    {
        var isJson = MediaTypeHeaderValue.TryParse(Header("Content-Type"), out var type) && type.MediaType == "application/json"
            && type.CharSet is null or "utf-8";
        return Expect(isJson, "Content-Type: application/json in UTF-8", $"Content-Type: {Header("Content-Type")}");
    }

    public JsonElement Json()
    {
        try
        {
            return JsonElement.Parse(Body);
        }
        catch (JsonException)
        {
            throw new RuleBrokenException("a JSON body", $"status {Status}{Said}", _request);
        }
    }

    private string Said => Body.Length == 0 ? ", no body" : $": {(Text.Length > 300 ? Text[..300] + "…" : Text)}";
}
