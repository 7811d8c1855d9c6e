using System.Globalization;
using System.Text.RegularExpressions;

namespace SdkChat.Contract.Mutants;

/// <summary>A service that breaks the conventions of section 2.</summary>
internal static partial class AnswerMutants
{
    public static IEnumerable<Mutant> All =>
    [
        new("names no request", "2.request-id") { Reply = reply => reply.Headers.Remove("X-Request-Id") },
        new("lets proxies keep answers", "2.cache-control") { Reply = reply => reply.Headers["Cache-Control"] = "public, max-age=60" },
        new("does not vary by credential", "2.vary") { Reply = reply => reply.Headers["Vary"] = "Accept-Encoding" },
        new("fails without a code", "2.failure") { Reply = reply => Edit(reply, """ "code":"[A-Z_]+",""".Trim(), "") },
        new("fails as problem+json", "2.unknown-route")
        {
            Reply = reply =>
                reply.Headers["Content-Type"] = reply.Status >= 400 ? "application/problem+json" : reply.Headers["Content-Type"],
        },
        new("says success of a failure", "2.failure") { Reply = reply => Edit(reply, "\"success\":false", "\"success\":true") },
        new("hides which parameter is bad", "2.bad-parameters") { Reply = reply => Edit(reply, ",\"errors\":.*}", "}") },
        new("answers 200 with another envelope", "2.success") { Reply = reply => Edit(reply, "\"data\":", "\"result\":") },
        new("knows no method, only addresses", "2.method-not-allowed")
        {
            Reply = reply => Instead(reply, 405, 404, """{"success":false,"code":"NOT_FOUND","message":"None."}"""),
        },
        new("does not look at Accept", "2.not-acceptable") { Request = request => request.Headers.Accept.Clear() },
        new("does not look at Content-Type", "2.unsupported-media-type")
        {
            Request = request =>
                request.Content?.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"),
        },
        new("takes numbers for texts", "2.wrong-types") { Request = request => Body(request, "\"prompt\":1}", "\"prompt\":\"1\"}") },
        new("refuses unknown members", "2.unknown-members")
        {
            Reply = reply => Instead(reply, 202, 400, """{"success":false,"code":"VALIDATION_FAILED","message":"model is unknown."}"""),
        },
        new("makes random ids", "2.new-ids") { Reply = reply => reply.Body = NewId().Replace(reply.Body, "$1-4") },
        new("has pages that overlap", "2.pages-meet")
        {
            Request = request =>
                request.RequestUri = new Uri(request.RequestUri!.ToString().Replace("page=1", "page=0", StringComparison.Ordinal)),
        },
        new("does not link to the end", "2.cursor-back") { Reply = reply => Header(reply, "Link", "rel=\"last\"", "rel=\"end\"") },
        new("takes bodies of any size", "2.body-limit")
        {
            Reply = reply => Instead(reply, 413, 200, """{"success":true,"data":{}}"""),
        },
        new("calls duplicate keys invalid", "2.malformed-json") { Reply = reply => Edit(reply, "MALFORMED_JSON", "VALIDATION_FAILED") },
        new("writes ids in upper case", "2.ids")
        {
            Reply = reply => reply.Body = ChatId().Replace(reply.Body, match => match.Value[..11] + match.Value[11..].ToUpperInvariant()),
        },
        new("gives instants six digits", "2.instants")
        {
            Reply = reply => reply.Body = Milliseconds().Replace(reply.Body, "${fraction}000Z\""),
        },
        new("gives instants an offset", "2.instants")
        {
            Reply = reply => reply.Body = reply.Body.Replace("Z\"", "+00:00\"", StringComparison.Ordinal),
        },
        new("does not cap size", "2.size-capped") { Reply = reply => reply.Data(data => Set(data, "size", Asked(reply, "size") ?? 20)) },
        new("counts pages from 1", "2.page-defaults")
        {
            Reply = reply => reply.Data(data => Set(data, "page", (data["page"]?.GetValue<int>() ?? 0) + 1)),
        },
        new("has no page past the end", "2.page-past-end")
        {
            Reply = reply =>
            {
                if (Asked(reply, "page") > 1000)
                    (reply.Status, reply.Body) = (404, """{"success":false,"code":"NOT_FOUND","message":"No such page."}""");
            },
        },
        new("links to absolute addresses", "2.links") { Reply = reply => Header(reply, "Link", "</", "<http://127.0.0.1/") },
        new("links without the filter", "2.links") { Reply = reply => Header(reply, "Link", "profile_id", "x") },
        new("skips a row after each cursor", "2.cursor-walk")
        {
            Reply = reply => WhenCursor(reply, () => reply.Rows(rows => rows.RemoveAt(0))),
        },
        new("numbers cursored pages all 0", "2.cursor-walk")
        {
            Reply = reply => WhenCursor(reply, () => reply.Data(data => Set(data, "page", 0))),
        },
        new("walks by offset behind its cursors", "2.cursor-while-rows-arrive")
        {
            Reply = reply => reply.Data(
                data => Header(reply, "Link", "cursor=[^&>]*(?=[^<]*>; rel=\"next\")", $"cursor=p{data["page"]?.GetValue<int>() + 1}")),
            Request = request =>
                request.RequestUri = new Uri(request.RequestUri!.ToString().Replace("cursor=p", "page=", StringComparison.Ordinal)),
        },
        new("takes any cursor", "2.bad-cursor")
        {
            Request = request => request.RequestUri = new Uri(Cursor().Replace(request.RequestUri!.ToString(), "")),
        },
    ];

    private static void Instead(Reply reply, int status, int other, string body)
    {
        if (reply.Status == status)
            (reply.Status, reply.Body) = (other, body);
    }

    private static void Body(HttpRequestMessage request, string text, string other)
    {
        if (request.Content is { } content)
            request.Content = new StringContent(
                content.ReadAsStringAsync().GetAwaiter().GetResult().Replace(text, other, StringComparison.Ordinal),
                System.Text.Encoding.UTF8, "application/json");
    }

    private static void WhenCursor(Reply reply, Action change)
    {
        if (reply.Query.Contains("cursor=", StringComparison.Ordinal))
            change();
    }

    private static int? Asked(Reply reply, string name) =>
        Regex.Match(reply.Query, $"[?&]{name}=([0-9]+)") is { Success: true } found
            ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;

    private static void Set(System.Text.Json.Nodes.JsonObject data, string name, int value)
    {
        if (data.ContainsKey(name))
            data[name] = value;
    }

    private static void Edit(Reply reply, string pattern, string replacement) =>
        reply.Body = Regex.Replace(reply.Body, pattern, replacement);

    private static void Header(Reply reply, string name, string pattern, string replacement)
    {
        if (reply.Headers.TryGetValue(name, out var value))
            reply.Headers[name] = Regex.Replace(value, pattern, replacement);
    }

    [GeneratedRegex("\"chat_id\":\"[^\"]+\"")]
    private static partial Regex ChatId();

    /// <summary>Of a chat in its kickoff's answer, which nothing asks for again.</summary>
    [GeneratedRegex("^(.*\"chat_id\":\"[0-9a-f]{8}-[0-9a-f]{4})-7(?=.*\"in_progress\"}})")]
    private static partial Regex NewId();

    [GeneratedRegex("(?<fraction>\\.[0-9]{3})Z\"")]
    private static partial Regex Milliseconds();

    [GeneratedRegex("cursor=[^&]*")]
    private static partial Regex Cursor();
}
