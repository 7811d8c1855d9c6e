using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Section 8.4.</summary>
internal static class ExportRules
{
    [Rule("8.export-ndjson", "An NDJSON export is an attachment whose lines are the list's items.", Needs.Tenant)]
    public static async Task Ndjson(Service service)
    {
        var row = await service.History.SomeRowAsync();
        var export = (await service.GetAsync($"{Paths.Export}?format=ndjson&q={row.Id()}", service.Tenant)).ShouldBe(200);
        export.Expect(
            export.Header("Content-Type").StartsWith("application/x-ndjson", StringComparison.Ordinal), "application/x-ndjson",
            export.Header("Content-Type"));
        export.Expect(
            export.Header("Content-Disposition").StartsWith("attachment", StringComparison.Ordinal), "an attachment",
            export.Header("Content-Disposition"));
        var list = await service.GetAsync($"{Paths.List}?q={row.Id()}", service.Tenant);
        var expected = string.Concat(list.Data().Items().Select(item => item.GetRawText() + '\n'));
        export.Expect(export.Text == expected, expected, export.Text);
    }

    [Rule("8.export-csv", "A CSV export has a header line, and its lines end in CRLF.", Needs.Tenant)]
    public static async Task Csv(Service service)
    {
        var row = await service.History.SomeRowAsync();
        var export = (await service.GetAsync($"{Paths.Export}?format=csv&q={row.Id()}", service.Tenant)).ShouldBe(200);
        var expected = $"chat_id,profile_id,name,gender,age,locale,prompt,status,last_error,created_at,updated_at,ended_at\r\n{row.Id()},";
        export.Expect(export.Text.StartsWith(expected, StringComparison.Ordinal), expected, export.Text);
    }

    [Rule("8.export-cursor", "An export with the cursor of a row begins after it.", Needs.Tenant)]
    public static async Task Cursor(Service service)
    {
        var row = await service.History.SomeRowAsync();
        var export = (await service.GetAsync(
            $"{Paths.Export}?format=ndjson&q={row.Id()}&cursor={row.Text("created_at")},{row.Id()}", service.Tenant)).ShouldBe(200);
        export.Expect(export.Body.Length == 0, "nothing after the only row", export.Text);
    }

    [Rule("8.export-refused", "A missing or unknown format and wrong values of bom, detail and cursor are 400 naming them.", Needs.Tenant)]
    public static async Task Refused(Service service)
    {
        foreach (var (query, name) in new[]
        {
            ("bom=true", "format"), ("format=xml", "format"), ("format=csv&bom=1", "bom"), ("format=ndjson&detail=1", "detail"),
            ("format=csv&cursor=x", "cursor"),
        })
            (await service.GetAsync($"{Paths.Export}?{query}", service.Tenant)).ShouldRefuse(name);
    }

    [Rule("8.export-backoffice", "The backoffice's export says whose each row is.", Needs.Tenant | Needs.Admin)]
    public static async Task Backoffice(Service service)
    {
        var row = await service.History.SomeRowAsync();
        var export = (await service.GetAsync($"{Paths.AdminExport}?format=ndjson&q={row.Id()}", service.Admin)).ShouldBe(200);
        export.Expect(export.Text.StartsWith("{\"tenant_id\":", StringComparison.Ordinal), "a row that begins with tenant_id", export.Text);
    }
}
