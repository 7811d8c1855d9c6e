using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Mutants;

/// <summary>A service whose lists and details are not what sections 3, 4 and 7 say.</summary>
internal static class HistoryMutants
{
    public static IEnumerable<Mutant> All =>
    [
        new("adds a field to the list", "3.list-members") { Reply = reply => EachRow(reply, row => row["source"] = "sdk") },
        new("adds a field to the page", "3.list-members") { Reply = reply => reply.Data(data => data["pages"] = 3) },
        new("orders the members another way", "3.list-members") { Reply = reply => EachRow(reply, Rotate) },
        new("puts results into the list", "3.list-without-results")
        {
            Reply = reply => EachRow(reply, row => row["pipeline_result"] = new JsonObject()),
        },
        new("lists oldest first", "3.list-order") { Reply = reply => reply.Rows(Reverse) },
        new("counts one too many", "3.total-exact") { Reply = reply => reply.Data(data => Add(data, "total", 1)) },
        new("counts the page instead of the list", "3.total-exact")
        {
            Reply = reply => reply.Data(data => data["total"] = (data["items"] as JsonArray)?.Count),
        },
        new("filters by no profile", "3.profile-filter")
        {
            Request = request => request.RequestUri = new Uri(Regex.Replace(request.RequestUri!.ToString(), "profile_id=[^&]*&?", "")),
        },
        new("says error without a reason", "3.status") { Reply = reply => EachRow(reply, row => row["status"] = "error") },
        new("knows a fifth status", "3.status") { Reply = reply => EachRow(reply, row => row["status"] = "done") },
        new("shows another tenant's rows", "3.isolation") { Swaps = Needs.OtherTenant, Request = request => AsOther(request) },
        new("shows the whole profile", "3.summary") { Reply = reply => EachRow(reply, row => row["profile_summary"]!["phone"] = "090") },
        new("keeps ages as they came", "3.summary-odd") { Reply = reply => EachRow(reply, row => row["profile_summary"]!["age"] = "32") },
        new("forgets deleted profiles", "3.summary-of-deleted")
        {
            Reply = reply => EachRow(reply, row => row["profile_summary"]!["name"] = null),
        },
        new("leaves a member out of the detail", "3.detail-members")
        {
            Reply = reply => Detail(reply, data => data.Remove("profile_session_id")),
        },
        new("says something else in the detail", "3.detail-is-the-row")
        {
            Reply = reply => Detail(reply, data => data["updated_at"] = "2026-01-01T00:00:00Z"),
        },
        new("has null for lists without a result", "3.empty-until-result")
        {
            Reply = reply => reply.Body = reply.Body.Replace("\"todos\":[]", "\"todos\":null", StringComparison.Ordinal),
        },
        new("rewrites numbers", "3.verbatim")
        {
            Reply = reply => reply.Body = reply.Body.Replace("1.0E2", "100", StringComparison.Ordinal),
        },
        new("ignores If-None-Match", "3.etag") { Request = request => request.Headers.Remove("If-None-Match") },
        new("has a strong ETag", "3.etag")
        {
            Reply = reply => Header(reply, "ETag", tag => tag.Replace("W/", "", StringComparison.Ordinal)),
        },
        new("has an ETag of the status alone", "3.etag-covers-all")
        {
            Reply = reply => Detail(reply, data => reply.Headers["ETag"] = $"W/\"{data["status"]}\""),
        },
        new("ignores If-None-Match on the backoffice's list", "8.list-etag")
        {
            Request = request =>
            {
                if (request.RequestUri!.AbsolutePath == Paths.AdminList)
                    request.Headers.Remove("If-None-Match");
            },
        },
        new("sends lists no ETag", "8.list-etag")
        {
            Reply = reply =>
            {
                if (reply.IsTenantList)
                    reply.Headers.Remove("ETag");
            },
        },
        new("has one ETag for every list", "8.list-etag")
        {
            Request = request =>
            {
                if (request.Headers.IfNoneMatch.Any(known => known.Tag == "\"list\""))
                    request.Headers.TryAddWithoutValidation("If-None-Match", "*");
            },
            Reply = reply =>
            {
                if (reply.IsTenantList)
                    reply.Headers["ETag"] = "W/\"list\"";
            },
        },
        new("calls malformed ids unknown", "3.detail-unknown")
        {
            Reply = reply =>
            {
                if (reply.IsTenantDetail && reply.Status == 400)
                    (reply.Status, reply.Body) = (404, """{"success":false,"code":"CHAT_NOT_FOUND","message":"None."}""");
            },
        },
        new("tells the backoffice no tenant", "4.list-members") { Reply = reply => EachRow(reply, row => row.Remove("tenant_id")) },
        new("shows the backoffice other rows", "4.same-rows") { Reply = reply => EachAdminRow(reply, row => row["prompt"] = "***") },
        new("filters by tenant or by profile", "4.filters")
        {
            Request = request =>
                request.RequestUri = new Uri(Regex.Replace(request.RequestUri!.ToString(), "tenant_id=[^&]*&(?=profile_id)", "")),
        },
        new("shows the backoffice one tenant", "4.across-tenants")
        {
            Reply = reply => EachAdminRow(reply, row => row["tenant_id"] = Paths.Nobody),
        },
        new("stores results as jsonb", "7.kept-verbatim")
        {
            Reply = reply => reply.Body = reply.Body.Replace("1e400", "1E+400", StringComparison.Ordinal),
        },
        new("streams to the backoffice", "4.no-stream")
        {
            Reply = reply =>
            {
                if (reply.Path == Paths.AdminList + "/events/stream")
                    (reply.Status, reply.Body) = (200, """{"success":true,"data":{}}""");
            },
        },
        new("keeps tenants' chats from the backoffice", "4.no-tenant-constraint")
        {
            Reply = reply => Admin(reply, () => reply.Status = reply.Path == Paths.AdminList ? reply.Status : 404),
        },
        new("gives the backoffice more detail", "4.detail")
        {
            Reply = reply => Admin(reply, () => reply.Data(data => data["tenant_id"] = Paths.Nobody)),
        },
    ];

    private static void EachRow(Reply reply, Action<JsonObject> change) => reply.Rows(rows =>
    {
        foreach (var row in rows.OfType<JsonObject>())
            change(row);
    });

    private static void EachAdminRow(Reply reply, Action<JsonObject> change) => Admin(reply, () => EachRow(reply, change));

    private static void Admin(Reply reply, Action change)
    {
        if (reply.Path.StartsWith(Paths.AdminList, StringComparison.Ordinal))
            change();
    }

    private static void Detail(Reply reply, Action<JsonObject> change)
    {
        if (reply.IsTenantDetail)
            reply.Data(change);
    }

    private static void Header(Reply reply, string name, Func<string, string> change)
    {
        if (reply.Headers.TryGetValue(name, out var value))
            reply.Headers[name] = change(value);
    }

    private static void Rotate(JsonObject row)
    {
        var first = row.First();
        row.Remove(first.Key);
        row[first.Key] = first.Value;
    }

    private static void Reverse(JsonArray rows)
    {
        var all = rows.ToArray();
        rows.Clear();
        foreach (var row in all.Reverse())
            rows.Add(row);
    }

    private static void Add(JsonObject data, string name, int number)
    {
        if (data[name] is { } value)
            data[name] = value.GetValue<int>() + number;
    }

    private static void AsOther(HttpRequestMessage request)
    {
        if (request.Headers.Authorization is not null && request.RequestUri!.AbsolutePath == Paths.List)
            request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue(
                "Bearer", MutantStand.Means.OtherTenant!.Value);
    }
}
