using System.Text.Json.Nodes;

namespace SdkChat.Contract.Mutants;

/// <summary>A service that is careless with keys and tenants.</summary>
internal static class KeyMutants
{
    private static string? _lastKey;
    private static string? _lastLink;

    public static IEnumerable<Mutant> All =>
    [
        new("revokes nothing", "8.keys")
        {
            Request = request =>
            {
                if (request.Method == HttpMethod.Delete)
                    (request.Method, request.RequestUri) = (HttpMethod.Get, new Uri(request.RequestUri!, Paths.ApiKeys));
            },
        },
        new("shows keys in lists", "8.keys-shown-once")
        {
            Reply = reply =>
            {
                reply.Data(data => _lastKey = data["key"]?.GetValue<string>() ?? _lastKey);
                reply.Rows(rows => rows.Add(new JsonObject { ["key_prefix"] = _lastKey }));
            },
        },
        new("takes any lifetime", "8.keys-lifetimes")
        {
            Reply = reply =>
            {
                if (reply.Method == "POST" && reply.Code == "VALIDATION_FAILED")
                    (reply.Status, reply.Body) = (201, """{"success":true,"data":{"key":"osk_demo_x"}}""");
            },
        },
        new("tells a foreign key from none", "8.keys-of-others")
        {
            Reply = reply =>
            {
                if (reply.Code == "API_KEY_NOT_FOUND" && !reply.Path.EndsWith("00000000", StringComparison.Ordinal))
                    reply.Body = """{"success":false,"code":"API_KEY_NOT_FOUND","message":"Not yours."}""";
            },
        },
        new("has no keys for the backoffice", "8.keys-of-any-tenant")
        {
            Reply = reply =>
            {
                if (reply.Path.StartsWith(Paths.Tenants, StringComparison.Ordinal))
                    (reply.Status, reply.Body) = (404, """{"success":false,"code":"NOT_FOUND","message":"None."}""");
            },
        },
        new("calls revoked keys active", "8.validation-revoked")
        {
            Reply = reply => reply.Data(data => data["status"] = data.ContainsKey("key_type") ? "active" : data["status"]?.DeepClone()),
        },
        new("takes cookies of strangers for writing", "8.cookie-writes")
        {
            Request = request =>
            {
                request.Headers.Remove("Origin");
                request.Headers.TryAddWithoutValidation("Origin", MutantStand.Means.Service.GetLeftPart(UriPartial.Authority));
                request.Headers.Host = null;
            },
        },
        new("adds a tenant twice", "8.tenants")
        {
            Reply = reply =>
            {
                if (reply.Code == "TENANT_EXISTS")
                    (reply.Status, reply.Body) = (201, """{"success":true,"data":{}}""");
            },
        },
        new("counts chats of other ranges in the overview", "8.overview")
        {
            Reply = reply =>
            {
                if (reply.Path == Paths.Overview)
                    reply.Rows(rows => rows.ToList().ForEach(row => row!["chats"] = row["chats"]!.GetValue<long>() + 1_000_000));
            },
        },
        new("takes any range for the overview", "8.overview-refused")
        {
            Reply = reply =>
            {
                if (reply.Path == Paths.Overview && reply.Code == "VALIDATION_FAILED"
                    && reply.Query.Contains("2020", StringComparison.Ordinal))
                    (reply.Status, reply.Body) = (200, """{"success":true,"data":{}}""");
            },
        },
        new("lets blocked users in", "8.blocks")
        {
            Reply = reply =>
            {
                if (reply.Code == "BLOCKED")
                    (reply.Status, reply.Body) = (200, """{"success":true,"data":{}}""");
            },
        },
        new("takes any end of a block", "8.blocks-refused")
        {
            Reply = reply =>
            {
                if (reply.Path == Paths.Blocks && reply.Code == "VALIDATION_FAILED"
                    && reply.Body.Contains("until", StringComparison.Ordinal))
                    (reply.Status, reply.Body) = (201, """{"success":true,"data":{}}""");
            },
        },
        new("does not look at the filters of the trail", "8.audit")
        {
            Request = request =>
            {
                if (request.RequestUri!.AbsolutePath == Paths.Audit && request.RequestUri.Query.Contains("to=", StringComparison.Ordinal))
                    request.RequestUri = new Uri(request.RequestUri, Paths.Audit);
            },
        },
        new("takes any instant for the trail", "8.audit-parameters")
        {
            Reply = reply =>
            {
                if (reply.Path == Paths.Audit && reply.Code == "VALIDATION_FAILED"
                    && reply.Query.Contains("yesterday", StringComparison.Ordinal))
                    (reply.Status, reply.Body) = (200, """{"success":true,"data":{}}""");
            },
        },
        new("lists each read of a page", "8.access")
        {
            Reply = reply =>
            {
                if (reply.Path == Paths.Access)
                    reply.Rows(rows =>
                    {
                        foreach (var row in rows.ToArray())
                        {
                            row!["count"] = 1;
                            rows.Add(row.DeepClone());
                        }
                    });
            },
        },
        new("erases without a confirmation", "8.erasures")
        {
            Reply = reply =>
            {
                if (reply.Path.EndsWith("/erasures", StringComparison.Ordinal) && reply.Code == "VALIDATION_FAILED")
                    (reply.Status, reply.Body) = (200, """{"success":true,"data":{"erasure_id":null}}""");
            },
        },
        new("shows the link of a screen in lists", "8.screens")
        {
            Reply = reply =>
            {
                reply.Data(data => _lastLink = data["path"]?.GetValue<string>() ?? _lastLink);
                if (reply.Path == Paths.Screens)
                    reply.Rows(rows =>
                    {
                        foreach (var row in rows)
                            row!["name"] = _lastLink;
                    });
            },
        },
        new("revokes screens under any tenant", "8.screens-backoffice")
        {
            Reply = reply =>
            {
                if (reply.Code == "SCREEN_NOT_FOUND")
                    (reply.Status, reply.Body) = (204, "");
            },
        },
        new("takes any code for a tenant", "8.tenants-refused")
        {
            Reply = reply =>
            {
                if (reply is { Method: "POST", Code: "VALIDATION_FAILED" })
                    (reply.Status, reply.Body) = (201, """{"success":true,"data":{}}""");
            },
        },
    ];
}
