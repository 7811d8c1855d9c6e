using System.Text;
using System.Text.Json;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>docs/api.md: screens on a wall, for tenant admins and for the backoffice.</summary>
internal static class ScreenRules
{
    private static readonly string[] Made = ["screen_id", "name", "path", "usable_until"];
    private static readonly string[] Listed =
        ["screen_id", "name", "created_at", "created_by", "activated_at", "last_used_at", "usable_until"];

    [Rule("8.screens", "A tenant admin makes a link for a screen (201), which no list shows, and revokes it once.",
        Needs.Tenant | Needs.Writes)]
    public static async Task Screens(Service service)
    {
        var answer = await AddAsync(service, "\"Contract test\"");
        var made = answer.Data(201);
        answer.Expect(made.Members().SequenceEqual(Made), string.Join(", ", Made), answer.Text);
        var (id, code) = (made.Text("screen_id")!, made.Text("path")!.Split('#')[^1]);

        var list = await service.GetAsync(Paths.Screens, service.Tenant);
        var item = list.Data().Items().FirstOrDefault(item => item.Text("screen_id") == id);
        list.Expect(
            item.ValueKind == JsonValueKind.Object && item.Members().SequenceEqual(Listed), $"the screen with {string.Join(", ", Listed)}",
            list.Text);
        list.Expect(!list.Text.Contains(code, StringComparison.Ordinal), "no secret", list.Text);

        (await RevokeAsync(service, Paths.Screens, id, service.Tenant)).ShouldBe(204);
        (await RevokeAsync(service, Paths.Screens, id, service.Tenant)).ShouldFail(404, "SCREEN_NOT_FOUND");
        foreach (var name in new[] { "\"\"", "null", "\"a\\nb\"" })
            (await AddAsync(service, name)).ShouldRefuse("name");
    }

    [Rule("8.screens-backoffice", "The backoffice lists any tenant's screens and revokes them; a screen of another tenant is unknown.",
        Needs.Tenant | Needs.Admin | Needs.Writes)]
    public static async Task OfAnyTenant(Service service)
    {
        var id = (await AddAsync(service, "\"Contract test\"")).Data(201).Text("screen_id")!;
        var path = Paths.ScreensOf(service.TenantId());
        var list = await service.GetAsync(path, service.Admin);
        list.Expect(list.Data().Items().Any(item => item.Text("screen_id") == id), "the tenant's screen", list.Text);
        (await service.GetAsync(Paths.ScreensOf(Paths.Nobody), service.Admin)).ShouldFail(404, "TENANT_NOT_FOUND");

        (await RevokeAsync(service, Paths.ScreensOf(Paths.Nobody), id, service.Admin)).ShouldFail(404, "SCREEN_NOT_FOUND");
        (await RevokeAsync(service, path, id, service.Admin)).ShouldBe(204);
        var after = await service.GetAsync(Paths.Screens, service.Tenant);
        after.Expect(after.Data().Items().All(item => item.Text("screen_id") != id), "no revoked screen", after.Text);
    }

    private static Task<Answer> AddAsync(Service service, string name) => service.SendAsync(new Call("POST", Paths.Screens, service.Tenant)
    {
        Body = Encoding.UTF8.GetBytes($$"""{"name":{{name}}}"""),
    });

    private static Task<Answer> RevokeAsync(Service service, string path, string screen, Credential credential) =>
        service.SendAsync(new Call("DELETE", $"{path}/{screen}", credential));
}
