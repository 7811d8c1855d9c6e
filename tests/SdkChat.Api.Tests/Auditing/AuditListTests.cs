using System.Net;
using System.Text.Json;
using SdkChat.Api.Tests.Chats;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Auditing;

/// <summary>Reading the audit trail, for the backoffice and for the tenant (contract, section 8.7).</summary>
public sealed class AuditListTests : HistoryFixture
{
    private const string Audit = "/api/v1/admin/audit";
    private const string Access = "/api/v1/sdk-chat/access";

    [Test]
    public async Task Read_OfAChat_IsListedForTheBackofficeAndForItsTenantAlone()
    {
        var (chat, reader, other) = (
            await Rows.ChatAsync(Tenant, Profile), $"reader-{Guid.NewGuid()}", await Rows.TenantAsync($"other-{Guid.NewGuid():n}"[..20]));
        for (var i = 0; i < 3; i++)
            (await SendAsync($"/api/v1/admin/sdk-chat/{chat}", Token(reader))).Dispose();

        JsonElement[] entries = [];
        await Eventually.TrueAsync(
            async () =>
                (entries = await ItemsAsync($"{Audit}?subject={reader}", Token("auditor"))) is [var only]
                && only.GetProperty("count").GetInt32() == 3);
        entries[0].EnumerateObject().Select(member => member.Name).Should().Equal(
            "audit_id", "at", "last_at", "count", "caller", "subject", "action", "tenant_id", "target_id", "target_kind", "key_prefix",
            "status", "request_id");
        entries[0].GetProperty("caller").GetString().Should().Be("backoffice");
        (
            entries[0].GetProperty("tenant_id").GetGuid(), entries[0].GetProperty("target_id").GetGuid(),
            entries[0].GetProperty("target_kind").GetString())
            .Should().Be((Tenant, chat, "chat"));

        var seen = (await ItemsAsync($"{Access}?size=100", Api.TenantToken(Tenant)))
            .Single(item => item.GetProperty("chat_id").ToString() == chat.ToString());
        seen.EnumerateObject().Select(member => member.Name)
            .Should().Equal("at", "last_at", "count", "action", "chat_id", "profile_id", "all_tenants");
        (seen.GetProperty("action").GetString(), seen.GetProperty("count").GetInt32(), seen.GetProperty("all_tenants").GetBoolean())
            .Should().Be(("read_chat", 3, false));
        seen.GetRawText().Should().NotContain(reader, "tenants learn what was read, not by whom");
        (await ItemsAsync($"{Access}?size=100", Api.TenantToken(other)))
            .Should().NotContain(item => item.GetProperty("chat_id").ToString() == chat.ToString());
    }

    [Test]
    public async Task Read_OfTheTrail_IsInTheTrail()
    {
        var auditor = $"auditor-{Guid.NewGuid()}";
        await ItemsAsync($"{Audit}?action=read_chat", Token(auditor));

        await Eventually.TrueAsync(async () =>
            (await ItemsAsync($"{Audit}?subject={auditor}&action=read_audit", Token("another"))) is [var only]
            && only.GetProperty("status").GetInt32() == 200);
    }

    /// <summary>The date begins nine hours earlier in Tokyo.</summary>
    [TestCase("", 1)]
    [TestCase("&tz=UTC", 1)]
    [TestCase("&tz=Asia/Tokyo", 0)]
    public async Task Dates_OfATimeZone_BeginInIt(string zone, int count)
    {
        var subject = $"zoned-{Guid.NewGuid()}";
        await Rows.ExecuteAsync(
            """
            insert into audit_entry (audit_id, at, last_at, subject, action, status, request_id)
            values (gen_random_uuid(), '2026-04-23T20:00:00Z', '2026-04-23T20:00:00Z', @subject, 'read_chat', 200, 'r')
            """,
            new { subject });

        (await ItemsAsync($"{Audit}?subject={subject}&to=2026-04-24{zone}", Token("auditor"))).Should().HaveCount(count);
        (await ItemsAsync($"{Audit}?subject={subject}&from=2026-04-24{zone}", Token("auditor"))).Should().HaveCount(1 - count);
    }

    [Test]
    public async Task Trail_WalkedByItsLinks_ShowsEachEntryOnce()
    {
        var subject = $"walked-{Guid.NewGuid()}";
        for (var page = 0; page < 5; page++)
            (await SendAsync($"/api/v1/admin/tenants?page={page}", Token(subject))).Dispose();
        await Eventually.TrueAsync(async () => (await ItemsAsync($"{Audit}?subject={subject}", Token("auditor"))).Length == 5);

        var seen = new List<Guid>();
        for (var next = $"{Audit}?subject={subject}&size=2"; next is not null;)
        {
            using var response = await SendAsync(next, Token("auditor"));
            seen.AddRange(
                (await DataAsync(response)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("audit_id").GetGuid()));
            var link = response.Header("Link")!.Split(", ").FirstOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal));
            next = link?[1..link.IndexOf('>', StringComparison.Ordinal)];
            if (next is not null)
                next.Should().Contain($"subject={subject}");
        }

        seen.Should().HaveCount(5).And.OnlyHaveUniqueItems();
    }

    [TestCase("tenant_id=x", "tenant_id")]
    [TestCase("tenant_id=", "tenant_id")]
    [TestCase("subject=", "subject")]
    [TestCase("subject=%00", "subject")]
    [TestCase("subject=a&subject=b", "subject")]
    [TestCase("action=a%0Ab", "action")]
    [TestCase("from=yesterday", "from")]
    [TestCase("from=2026-04-23T05:28:08", "from")]
    [TestCase("from=2026-13-01", "from")]
    [TestCase("from=", "from")]
    [TestCase("tz=Mars", "tz")]
    [TestCase("from=2026-04-23&tz=", "tz")]
    [TestCase("to=99999-01-01", "to")]
    [TestCase("from=2026-04-24&to=2026-04-23", "from")]
    [TestCase("page=-1", "page")]
    [TestCase("size=0", "size")]
    [TestCase("cursor=x", "cursor")]
    public async Task Trail_BadParameter_IsNamed(string query, string parameter)
    {
        using var response = await SendAsync($"{Audit}?{query}", Token("auditor"));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.FailureAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(parameter);
    }

    [TestCase("from=0001-01-01&to=9999-12-31T23:59:59.999Z")]
    [TestCase("from=1900-01-01T00:00:00-12:00")]
    [TestCase("from=2026-04-23T05:28%2B09:00&to=9999-01-01&tz=Asia/Tokyo")]
    [TestCase("subject=%27%3B%20drop%20table%20audit_entry%3B--")]
    [TestCase("subject=%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9")]
    [TestCase("action=%25")]
    [TestCase("page=2147483647&size=500")]
    public async Task Trail_OddParameter_IsAnswered(string query)
    {
        using var response = await SendAsync($"{Audit}?{query}", Token("auditor"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static string Token(string subject)
    {
        var claims = TestTokens.BackofficeClaims(TimeProvider.System.GetUtcNow());
        claims["sub"] = subject;
        return TestTokens.Hs256(claims, TestTokens.BackofficeSecret);
    }

    private async Task<JsonElement[]> ItemsAsync(string path, string token)
    {
        using var response = await SendAsync(path, token);
        return [.. (await response.DataAsync()).GetProperty("items").EnumerateArray()];
    }
}
