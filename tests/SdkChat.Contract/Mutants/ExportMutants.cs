namespace SdkChat.Contract.Mutants;

/// <summary>A service that does not export as section 8.4 says.</summary>
internal static class ExportMutants
{
    public static IEnumerable<Mutant> All =>
    [
        new("exports what is shown, not saved", "8.export-ndjson")
        {
            Reply = reply => Change(reply, "format=ndjson", () => reply.Headers.Remove("Content-Disposition")),
        },
        new("exports CSV without a header", "8.export-csv")
        {
            Reply = reply => Change(
                reply, "format=csv", () => reply.Body = reply.Body[(reply.Body.IndexOf('\n', StringComparison.Ordinal) + 1)..]),
        },
        new("repeats the row of the cursor", "8.export-cursor") { Reply = reply => Change(reply, "cursor=20", () => reply.Body = "{}\n") },
        new("takes any format", "8.export-refused") { Reply = reply => Change(reply, "format=xml", () => reply.Status = 200) },
        new("exports the backoffice's rows without their tenant", "8.export-backoffice")
        {
            Reply = reply => Change(
                reply, "format=ndjson", () => reply.Body = reply.Body.Replace("tenant_id", "tenant", StringComparison.Ordinal)),
        },
    ];

    private static void Change(Reply reply, string query, Action change)
    {
        if (reply.Path is Paths.Export or Paths.AdminExport && reply.Query.Contains(query, StringComparison.Ordinal))
            change();
    }
}
