using System.Text.RegularExpressions;

namespace SdkChat.Contract.Mutants;

/// <summary>A service whose filters and counts are not what section 8.1 says.</summary>
internal static class FilterMutants
{
    public static IEnumerable<Mutant> All =>
    [
        Without("status", "ignores status", "8.filter-status"),
        new("counts more than the filter leaves", "8.filter-status")
        {
            Reply = reply => OnFiltered(reply, "status", data => data["total"] = data["total"]!.GetValue<long>() + 1),
        },
        Without("triggered", "ignores triggered", "8.filter-triggered"),
        Without("from", "ignores from", "8.filter-time"),
        Without("to", "ignores to", "8.filter-time"),
        Without("tz", "takes every date as one of UTC", "8.filter-dates"),
        new("takes an unknown status for none", "8.filter-values") { Request = request => Rewrite(request, "([?&])status=done", "$1") },
        new("takes the first of two", "8.filter-values") { Request = request => Rewrite(request, "tz=UTC&tz=UTC", "tz=UTC") },
        new("loses the filters on the next page", "8.filter-pages")
        {
            Reply = reply =>
            {
                if (reply.Headers.TryGetValue("Link", out var links))
                    reply.Headers["Link"] = Regex.Replace(links, "status=[^&]*&", "");
            },
        },
        new("leaves the chats in progress out of what was started", "8.stats")
        {
            Reply = reply =>
            {
                if (reply.Path.EndsWith("/stats", StringComparison.Ordinal))
                    reply.Data(data => data["total"]!["started"] = data["total"]!["completed"]!.GetValue<long>());
            },
        },
        Without("questions", "leaves the questions out", "8.stats-questions"),
        new("counts triggered chats apart from completed ones", "8.counts")
        {
            Reply = reply =>
            {
                if (reply.Path.EndsWith("/counts", StringComparison.Ordinal))
                    reply.Data(data => data["completed"] = data["completed"]!.GetValue<long>() - data["triggered"]!.GetValue<long>());
            },
        },
    ];

    private static Mutant Without(string parameter, string name, string rule) =>
        new(name, rule) { Request = request => Rewrite(request, $"(?<=[?&]){parameter}=[^&]*&?", "") };

    private static void OnFiltered(Reply reply, string parameter, Action<System.Text.Json.Nodes.JsonObject> change)
    {
        if (reply.IsTenantList && reply.Query.Contains(parameter + "=", StringComparison.Ordinal))
            reply.Data(change);
    }

    private static void Rewrite(HttpRequestMessage request, string pattern, string replacement) =>
        request.RequestUri = new Uri(Regex.Replace(request.RequestUri!.ToString(), pattern, replacement));
}
