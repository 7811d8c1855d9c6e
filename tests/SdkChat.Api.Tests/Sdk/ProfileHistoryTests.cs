using System.Net;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Api.Tests.Support;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Profiles;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

/// <summary>What admins read of a shopper.</summary>
public sealed class ProfileHistoryTests() : SdkFixture(nodes: 1)
{
    [Test]
    public async Task History_OfAShopper_HasDocumentSessionsWithStampsAndTimes()
    {
        var profile = await ProfileAsync("""{"name":"Kim Minji","age":"32","locale":"ko","allergies":["nuts"]}""");
        await VisitAsync(profile, """{"status":"ENTERED","meta":{"door":1.0E1}}""", """{"status":"LEFT"}""");
        var open = (await DataAsync("POST", $"/v1/profile/{profile}/session/start")).GetProperty("session_id").GetGuid();
        var chat = await ChatAsync(profile);

        var history = await HistoryAsync(profile);

        Members(history).Should().Equal(
            "profile_id", "profile_summary", "data", "created_at", "updated_at", "deleted_at", "first_seen_at", "last_seen_at", "sessions");
        history.GetProperty("profile_summary").GetRawText().Should().Be("""{"name":"Kim Minji","gender":null,"age":32,"locale":"ko"}""");
        history.GetProperty("data").GetProperty("allergies").GetRawText().Should().Be("""["nuts"]""");
        history.GetProperty("first_seen_at").GetString().Should().Be(history.GetProperty("created_at").GetString());
        var sessions = history.GetProperty("sessions").EnumerateArray().ToArray();
        sessions.Select(session => session.GetProperty("ended_at").ValueKind).Should().Equal(JsonValueKind.Null, JsonValueKind.String);
        sessions[0].GetProperty("session_id").GetGuid().Should().Be(open);
        sessions[0].GetProperty("stamps").GetArrayLength().Should().Be(0);
        sessions[1].GetProperty("stamps").EnumerateArray()
            .Select(stamp => (stamp.GetProperty("status").GetString(), stamp.GetProperty("meta").GetRawText()))
            .Should().Equal(("ENTERED", """{"door":1.0E1}"""), ("LEFT", "null"));
        var started = await Rows.ScalarAsync<DateTime>("select created_at from sdk_chat where chat_id = @chat", new { chat });
        history.GetProperty("last_seen_at").GetDateTimeOffset().Should().Be(started);
    }

    [Test]
    public async Task History_OfADeletedProfile_IsThereWithoutItsDocumentUntilItIsErased()
    {
        var profile = await ProfileAsync();
        await VisitAsync(profile);
        await DataAsync("DELETE", $"/v1/profile/{profile}");

        var history = await HistoryAsync(profile);
        history.GetProperty("data").ValueKind.Should().Be(JsonValueKind.Null);
        history.GetProperty("deleted_at").ValueKind.Should().Be(JsonValueKind.String);
        history.GetProperty("profile_summary").GetProperty("name").GetString().Should().Be("Kim Minji");
        history.GetProperty("sessions").GetArrayLength().Should().Be(1);

        await using (var scope = Node.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new EraseProfileCommand("demo", new ProfileId(profile)));
        (await BodyAsync(profile, Node.TenantToken(Demo))).Should().Be((HttpStatusCode.NotFound, await UnknownAsync()));
    }

    [Test]
    public async Task History_OfAnotherTenant_IsToTheByteLikeAnUnknownOne()
    {
        var theirs = await ProfileAsync();
        var acme = await Rows.ScalarAsync<Guid>("select tenant_id from tenant where code = 'acme'");

        (await BodyAsync(theirs, Node.TenantToken(acme))).Should().Be((HttpStatusCode.NotFound, await UnknownAsync()));
    }

    [Test]
    public async Task History_ManySessionsAndStamps_ShowsTheNewestAndCountsTheRest()
    {
        var profile = await ProfileAsync();
        await Rows.ExecuteAsync(
            """
            insert into profile_session (session_id, tenant_id, profile_id, started_at, ended_at, stamps)
              select gen_random_uuid(), @Demo, @profile, now() - n * interval '1 h', now() - n * interval '1 h', 11 from generate_series(1, 52) n;
            insert into session_stamp (session_id, number, tenant_id, status, meta, stamped_at)
              select session_id, n, @Demo, 'S' || n, convert_to('{}', 'UTF8'), started_at from profile_session, generate_series(1, 11) n where profile_id = @profile
            """,
            new { Demo, profile });

        var history = await HistoryAsync(profile);

        var stamps = history.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("stamps").GetArrayLength())
            .ToArray();
        stamps.Should().Equal([.. Enumerable.Repeat(11, 45), 5, 0, 0, 0, 0]);
        history.GetProperty("sessions")[45].GetProperty("stamps")[0].GetProperty("status").GetString()
            .Should().Be("S7", "the newest of the session are shown");
        history.GetProperty("omitted_sessions").GetInt64().Should().Be(2);
        history.GetProperty("omitted_stamps").GetInt64().Should().Be(50);
    }

    [TestCase("nonsense")]
    [TestCase("019f0000-0000-7000-8000-00000000000")]
    public async Task History_OfAMalformedId_Is400NamingIt(string id)
    {
        using var response = await Node.Client.SendAsync(
            ApiCalls.Request($"/api/v1/sdk-chat/profiles/{id}", token: Node.TenantToken(Demo)));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).Should().Contain("profile_id");
    }

    [Test]
    public async Task History_ForTheBackoffice_IsTheSameAndLeavesARecord()
    {
        var profile = await ProfileAsync();
        await VisitAsync(profile, """{"status":"ENTERED"}""");
        using var response = await Node.Client.SendAsync(
            ApiCalls.Request($"/api/v1/admin/sdk-chat/profiles/{profile}", token: Node.BackofficeToken("ROLE_ADMIN")));

        (await response.DataAsync()).GetRawText()
            .Should().Be($"{{\"tenant_id\":\"{Demo}\",{(await HistoryAsync(profile)).GetRawText()[1..]}");
        await Eventually.TrueAsync(() => Rows.ScalarAsync<bool>(
            """
            select exists (
              select from audit_entry
              where action = 'read_profile' and tenant_id = @Demo and target_id = @profile and target_kind = 'profile' and is_tenant_data
            )
            """,
            new { Demo, profile }));
    }

    private static IEnumerable<string> Members(JsonElement item) => item.EnumerateObject().Select(member => member.Name);

    private async Task VisitAsync(Guid profile, params string[] stamps)
    {
        await DataAsync("POST", $"/v1/profile/{profile}/session/start");
        foreach (var stamp in stamps)
            await DataAsync("POST", $"/v1/profile/{profile}/session/stamp", stamp);
        await DataAsync("POST", $"/v1/profile/{profile}/session/end");
    }

    private async Task<JsonElement> HistoryAsync(Guid profile)
    {
        using var response = await Node.Client.SendAsync(
            ApiCalls.Request($"/api/v1/sdk-chat/profiles/{profile}", token: Node.TenantToken(Demo)));
        return await response.DataAsync();
    }

    private async Task<string> UnknownAsync() => (await BodyAsync(Guid.NewGuid(), Node.TenantToken(Demo))).Body;

    private async Task<(HttpStatusCode Status, string Body)> BodyAsync(Guid profile, string token)
    {
        using var response = await Node.Client.SendAsync(ApiCalls.Request($"/api/v1/sdk-chat/profiles/{profile}", token: token));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
