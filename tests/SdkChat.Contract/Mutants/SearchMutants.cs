using System.Text.RegularExpressions;

namespace SdkChat.Contract.Mutants;

/// <summary>A service that does not search as section 8.1 says.</summary>
internal static class SearchMutants
{
    public static IEnumerable<Mutant> All =>
    [
        new("ignores q", "8.search-words") { Request = request => Rewrite(request, "[?&]q=[^&]*&?", "?") },
        new("finds whole words alone", "8.search") { Request = request => Rewrite(request, "q=(?!D)[a-z]", "q=%EC%80%8D") },
        new("minds the case", "8.search") { Request = request => Rewrite(request, "q=[A-Z]{2}", "q=%EC%80%8D") },
        new("minds the width", "8.search") { Request = request => Rewrite(request, "q=%EF%BC", "q=%EC%80%8D%EF%BC") },
        new("searches for the first word alone", "8.search-words") { Request = request => Rewrite(request, "(q=[^&%]+)%20[^&]*", "$1") },
        new("knows no ids", "8.search-id") { Request = request => Rewrite(request, "q=[0-9a-f]{8}-[^&]*", "q=%EC%80%8D") },
        new("takes any q", "8.search-refused")
        {
            Reply = reply =>
            {
                if (reply.IsTenantList && reply.Status == 400 && reply.Body.Contains("\"q\"", StringComparison.Ordinal))
                    (reply.Status, reply.Body) = (200, """{"success":true,"data":{"items":[],"total":0,"page":0,"size":20}}""");
            },
        },
        new("loses q in links", "8.search-links")
        {
            Reply = reply =>
            {
                if (reply.IsTenantList && reply.Headers.TryGetValue("Link", out var link))
                    reply.Headers["Link"] = Regex.Replace(link, "q=[^&>]*&", "");
            },
        },
        new("counts too few matches", "8.search-links")
        {
            Reply = reply =>
            {
                if (reply.Query.Contains("q=", StringComparison.Ordinal))
                    reply.Data(data => data["total"] = 0);
            },
        },
        new("calls every total a lower bound", "8.search-total")
        {
            Reply = reply =>
            {
                if (reply.Query.Contains("q=", StringComparison.Ordinal))
                    reply.Data(data => data["total_is_lower_bound"] = true);
            },
        },
    ];

    private static void Rewrite(HttpRequestMessage request, string pattern, string replacement)
    {
        if (request.RequestUri!.AbsolutePath == Paths.List)
            request.RequestUri = new Uri(Regex.Replace(request.RequestUri.AbsoluteUri, pattern, replacement));
    }
}
