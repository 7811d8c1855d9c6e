using System.Text.Json.Nodes;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Mutants;

/// <summary>A service that does not answer apps as section 5 says.</summary>
internal static class SdkMutants
{
    public static IEnumerable<Mutant> All =>
    [
        new("leaves expires_at out", "5.validation") { Reply = reply => reply.Data(data => data.Remove("expires_at")) },
        new("shows the whole key", "5.validation")
        {
            Swaps = Needs.Key, Reply = reply => reply.Data(data => data["key_prefix"] = MutantStand.Means.Key!.Value),
        },
        new("stores any JSON as a profile", "5.profile-created")
        {
            Reply = reply => Instead(reply, 400, 200, """{"success":true,"data":{"profile_id":"019f0000-0000-7000-8000-000000000000"}}"""),
        },
        new("drops null when it merges", "5.profile-merged")
        {
            Reply = reply => reply.Data(data => (data["data"] as JsonObject)?.Remove("age")),
        },
        new("shows deleted profiles", "5.profile-deleted") { Reply = reply => Instead(reply, 404, 200, """{"success":true,"data":{}}""") },
        new("rewrites items in timelines", "8.timeline")
        {
            Reply = reply => reply.Body = reply.Body.Replace("1.0E2", "100", StringComparison.Ordinal),
        },
        new("lists timelines newest first", "8.timeline")
        {
            Reply = reply =>
            {
                if (reply.Path.EndsWith("/timeline", StringComparison.Ordinal))
                    reply.Rows(rows => { foreach (var row in rows.ToArray()) { rows.Remove(row); rows.Insert(0, row); } });
            },
        },
        new("answers any chat's timeline with nothing", "8.timeline-unknown")
        {
            Reply = reply => Instead(reply, 404, 200, """{"success":true,"data":{"items":[]}}"""),
        },
        new("shows the backoffice less of a timeline", "8.timeline-backoffice")
        {
            Reply = reply =>
            {
                if (reply.Path.StartsWith(Paths.AdminList, StringComparison.Ordinal))
                    reply.Rows(rows => rows.RemoveAt(0));
            },
        },
        new("lists sessions oldest first", "8.profile-history")
        {
            Reply = reply => reply.Data(data =>
            {
                if (data["sessions"] is JsonArray sessions)
                    foreach (var session in sessions.ToArray()) { sessions.Remove(session); sessions.Insert(0, session); }
            }),
        },
        new("invents unknown shoppers", "8.profile-history-unknown")
        {
            Reply = reply => Instead(reply, 404, 200, """{"success":true,"data":{"sessions":[]}}"""),
        },
        new("forgets stamps", "8.stamp") { Reply = reply => reply.Data(data => data.Remove("stamps")) },
        new("names no session with a stamp", "8.stamp")
        {
            Reply = reply => reply.Data(data => { if (data.ContainsKey("stamped_at")) data.Remove("session_id"); }),
        },
        new("takes stamps without a session", "8.stamp-without-session")
        {
            Reply = reply => Instead(reply, 409, 200, """{"success":true,"data":{}}"""),
        },
        new("takes any stamp", "8.stamp-limits") { Reply = reply => Instead(reply, 400, 200, """{"success":true,"data":{}}""") },
        new("opens a second session", "5.session") { Reply = reply => Instead(reply, 409, 200, """{"success":true,"data":{}}""") },
        new("starts a chat with 200", "5.kickoff") { Reply = reply => Instead(reply, 202, 200, null) },
        new("starts a chat with 201", "5.kickoff") { Reply = reply => Instead(reply, 202, 201, null) },
        new("takes prompts of any length", "5.prompt") { Request = request => Shorten(request) },
        new("tells apps the profile's summary", "5.poll")
        {
            Reply = reply => Polled(reply, data => data["profile_summary"] = new JsonObject()),
        },
        new("shows an app the tenant's whole history", "5.history")
        {
            Reply = reply =>
            {
                if (reply.Path.EndsWith("/recommend", StringComparison.Ordinal))
                    reply.Rows(rows => rows.Add(rows[0]!.DeepClone()));
            },
        },
        new("refuses a second end", "5.end")
        {
            Reply = new Again("DELETE", 404, """{"success":false,"code":"CHAT_NOT_FOUND","message":"None."}""").Spoil,
        },
        new("ends a chat with 204", "5.end") { Reply = reply => When(reply, "DELETE", () => (reply.Status, reply.Body) = (204, "")) },
        new("triggers the wrong chat by itself", "5.trigger-default")
        {
            Reply = reply => Trigger(reply, data => data["chat_id"] = Paths.Nobody),
        },
        new("keeps the old items", "5.trigger-replaces")
        {
            Reply = reply => Trigger(reply, data => data["notification_items"] = new JsonArray()),
        },
        new("takes any number of items", "5.trigger-items") { Reply = reply => Instead(reply, 400, 200, """{"success":true,"data":{}}""") },
        new("says not completed of an ended chat", "5.trigger-refused")
        {
            Reply = reply => reply.Body = reply.Body.Replace("CHAT_ENDED", "CHAT_NOT_COMPLETED", StringComparison.Ordinal),
        },
        new("is not idempotent", "5.idempotent-kickoff") { Request = request => request.Headers.Remove("Idempotency-Key") },
        new("triggers twice", "5.idempotent-trigger") { Request = request => request.Headers.Remove("Idempotency-Key") },
        new("answers a mismatch with 200", "5.idempotency-mismatch")
        {
            Reply = reply => Instead(reply, 409, 200, """{"success":true,"data":{}}"""),
        },
        new("keeps the keys of all tenants together", "5.idempotency-per-tenant") { Reply = new FirstAnswer().Spoil },
        new("calls tenants otherwise", "5.key-form") { Reply = reply => reply.Data(data => data["tenant_code"] = "other") },
        new("forgets what it does not know of a profile", "5.profile-read")
        {
            Reply = reply => reply.Data(data => (data["data"] as JsonObject)?.Remove("nested")),
        },
        new("sends no stored items", "5.trigger") { Reply = reply => Trigger(reply, data => data["notification_items"] = new JsonArray()) },
        new("has todos without quantities", "5.demo-items")
        {
            Reply = reply => reply.Body = reply.Body.Replace("\"quantity\"", "\"amount\"", StringComparison.Ordinal),
        },
        new("takes documents of any size", "8.document-limit")
        {
            Reply = reply => Instead(reply, 413, 200, """{"success":true,"data":{}}"""),
        },
        new("takes items that stand for more", "8.items-limit")
        {
            Reply = reply => Instead(reply, 413, 200, """{"success":true,"data":{}}"""),
        },
        new("takes keys of any length", "5.idempotency-key")
        {
            Reply = reply => Instead(reply, 400, 202, """{"success":true,"data":{}}"""),
        },
    ];

    private static void Instead(Reply reply, int status, int other, string? body)
    {
        if (reply.Status == status)
            (reply.Status, reply.Body) = (other, body ?? reply.Body);
    }

    private static void When(Reply reply, string method, Action change)
    {
        if (reply.Method == method)
            change();
    }

    private static void Polled(Reply reply, Action<JsonObject> change)
    {
        if (reply.Method == "GET" && reply.Path.Contains("/recommend/", StringComparison.Ordinal))
            reply.Data(change);
    }

    private static void Trigger(Reply reply, Action<JsonObject> change)
    {
        if (reply.Path.EndsWith("/backlist-trigger", StringComparison.Ordinal))
            reply.Data(change);
    }

    private static void Shorten(HttpRequestMessage request)
    {
        if (request.Content is null || request.RequestUri!.AbsolutePath.EndsWith("/recommend", StringComparison.Ordinal) is false)
            return;
        var body = request.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        var content = new StringContent(
            body.Replace(new string('x', 4001), "x", StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
        request.Content = content;
    }

    /// <summary>Answers every kickoff as the first.</summary>
    private sealed class FirstAnswer
    {
        private string? _first;

        public void Spoil(Reply reply)
        {
            if (reply.Status == 202)
                reply.Body = _first ??= reply.Body;
        }
    }

    /// <summary>From the second request of a kind on.</summary>
    private sealed class Again(string method, int status, string body)
    {
        private readonly HashSet<string> _seen = [];

        public void Spoil(Reply reply)
        {
            lock (_seen)
            {
                if (reply.Method == method && !_seen.Add(reply.Path))
                    (reply.Status, reply.Body) = (status, body);
            }
        }
    }
}
