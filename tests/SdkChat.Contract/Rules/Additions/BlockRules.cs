using System.Text;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Section 8.6: blocked users.</summary>
internal static class BlockRules
{
    [Rule(
        "8.blocks",
        "A blocked subject's streams end and its calls are 403 BLOCKED within 5 s, others' are not concerned, until the block is removed.",
        Needs.Admin | Needs.Writes | Needs.Tenant | Needs.TenantSecret, IsLong = true)]
    public static async Task Blocks(Service service)
    {
        var subject = "contract-" + Guid.NewGuid();
        var user = service.Means.TenantForge!.With(claims => claims["sub"] = subject);
        await using var stream = await service.ReadyAsync(user);
        var answer = await BlockAsync(service, $"\"{service.TenantId()}\"", subject);
        var block = answer.Data(201);
        string[] members = ["block_id", "tenant_id", "subject", "until", "reason", "created_at", "created_by"];
        answer.Expect(block.Members().SequenceEqual(members), string.Join(", ", members), answer.Text);

        await stream.EndAsync(Farewell.Limit, "its user is blocked");
        (await UntilAsync(service, user, 403)).ShouldFail(403, "BLOCKED");
        (await service.GetAsync(Paths.List, service.Tenant)).Data();
        var list = await service.GetAsync($"{Paths.Blocks}?tenant_id={service.TenantId()}&size=100", service.Admin);
        list.Expect(list.Data().Items().Any(item => item.Text("subject") == subject), "the block in the list", list.Text);

        var path = $"{Paths.Blocks}/{block.Text("block_id")}";
        (await service.SendAsync(new Call("DELETE", path, service.Admin))).Data();
        (await UntilAsync(service, user, 200)).Data();
        (await service.SendAsync(new Call("DELETE", path, service.Admin))).ShouldFail(404, "BLOCK_NOT_FOUND");
    }

    [Rule(
        "8.blocks-refused", "A block without tenant, subject, reason or an end in the future is refused by name; so is an unknown tenant.",
        Needs.Admin | Needs.Writes)]
    public static async Task Refused(Service service)
    {
        var nobody = $"\"{Paths.Nobody}\"";
        (await BlockAsync(service, "null", "x")).ShouldRefuse("tenant_id");
        (await BlockAsync(service, nobody, "")).ShouldRefuse("subject");
        foreach (var until in new[] { "2020-01-01T00:00:00Z", "2099-01-01T00:00:00", "tomorrow" })
            (await BlockAsync(service, nobody, "x", until)).ShouldRefuse("until");
        (await BlockAsync(service, nobody, "x", reason: "")).ShouldRefuse("reason");
        (await BlockAsync(service, nobody, "x")).ShouldFail(404, "TENANT_NOT_FOUND");
    }

    private static async Task<Answer> UntilAsync(Service service, Credential user, int status)
    {
        var since = TimeProvider.System.GetTimestamp();
        Answer answer;
        while ((answer = await service.GetAsync(Paths.List, user)).Status != status
            && TimeProvider.System.GetElapsedTime(since) < Farewell.Limit)
            await Pace.OfAsync(Pace.Poll);
        return answer;
    }

    private static Task<Answer> BlockAsync(
        Service service, string tenant, string subject, string until = "2099-01-01T00:00:00Z", string reason = "Contract test") =>
        service.SendAsync(new Call("POST", Paths.Blocks, service.Admin)
        {
            Body = Encoding.UTF8.GetBytes(
                $$"""{"tenant_id":{{tenant}},"subject":"{{subject}}","until":"{{until}}","reason":"{{reason}}"}"""),
        });
}
