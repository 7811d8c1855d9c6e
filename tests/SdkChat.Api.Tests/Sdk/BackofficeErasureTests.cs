using System.Text;
using System.Text.Json;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

/// <summary>The backoffice erases a person, and types the person's name or the profile's id to confirm it.</summary>
public sealed class BackofficeErasureTests : SdkFixture
{
    /// <summary>The name is typed with a combining accent.</summary>
    [TestCase("""{"name":"  Zo\u00e9 Kim "}""", "Zoe\u0301 Kim")]
    [TestCase("""{"name":"Sato Hanako"}""", null)]
    [TestCase("""{"age":32}""", null)]
    public async Task Erase_Confirmed_ErasesOnceHoweverOftenItIsCalled(string document, string? typed)
    {
        var profile = await ProfileAsync(document);
        await DataAsync("POST", $"/v1/profile/{profile}/session/start");
        await ChatAsync(profile);
        typed ??= profile.ToString().ToUpperInvariant();

        var calls = await Task.WhenAll(EraseAsync(Node, Demo, profile, typed), EraseAsync(OtherNode, Demo, profile, typed));
        var answers = await Task.WhenAll(calls.Select(call => call.DataAsync()));

        var done = answers.Should()
            .ContainSingle(answer => answer.GetProperty("erasure_id").ValueKind == JsonValueKind.String, "one of two erases").Subject;
        done.EnumerateObject().Select(member => member.Name).Should().Equal("profile_id", "erasure_id", "erased_at", "chats", "sessions");
        (done.GetProperty("chats").GetInt32(), done.GetProperty("sessions").GetInt32()).Should().Be((1, 1));
        var other = answers.Single(answer => answer.GetProperty("erasure_id").ValueKind == JsonValueKind.Null);
        (other.GetProperty("chats").GetInt32(), other.GetProperty("erased_at").ValueKind).Should().Be((0, JsonValueKind.Null));
        (await FailureAsync("GET", $"/v1/profile/{profile}")).Code.Should().Be("PROFILE_NOT_FOUND");
        await Eventually.TrueAsync(() => Rows.ScalarAsync<bool>(
            "select count(*) = 2 from audit_entry where action = 'erase_profile' and target_id = @profile and target_kind = 'profile' "
                + "and tenant_id = @Demo and status = 200",
            new { profile, Demo }));
    }

    [TestCase("""{"name":"Sato Hanako"}""", "Sato")]
    [TestCase("""{"name":"Sato Hanako"}""", "")]
    [TestCase("""{"name":"Sato Hanako"}""", "01990000-0000-7000-8000-000000000001")]
    [TestCase("""{"name":"  "}""", "  ")]
    [TestCase("""{"age":32}""", "null")]
    [TestCase("""{"name":"\uFFFD"}""", "\\ufffd")]
    [TestCase("""{"name":"Sato"}""", "Sato\\u0000")]
    public async Task Erase_NotConfirmed_Is400AndErasesNothing(string document, string typed)
    {
        var profile = await ProfileAsync(document);

        using var response = await EraseAsync(Node, Demo, profile, typed);

        (await response.FailureAsync()).GetProperty("errors").EnumerateObject().Select(member => member.Name).Should().Equal("confirm");
        (await DataAsync("GET", $"/v1/profile/{profile}")).GetProperty("profile_id").GetGuid().Should().Be(profile);
        await Eventually.TrueAsync(() => Rows.ScalarAsync<bool>(
            "select exists (select from audit_entry where action = 'erase_profile' and target_id = @profile and status = 400)",
            new { profile }));
    }

    [TestCase("{}", "profile_id")]
    [TestCase("""{"profile_id":"x","confirm":"x"}""", "profile_id")]
    [TestCase("""{"profile_id":{},"confirm":"x"}""", "profile_id")]
    [TestCase("""{"profile_id":"01990000-0000-7000-8000-000000000001","confirm":["x"]}""", "confirm")]
    [TestCase("""{"profile_id":"01990000-0000-7000-8000-000000000001","confirm":"\ud800"}""", "confirm")]
    public async Task Erase_BadBody_NamesTheMember(string body, string member)
    {
        using var response = await SendAsync(Node, Demo.ToString(), body);

        (await response.FailureAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(member);
    }

    [Test]
    public async Task Erase_UnderAnotherTenant_ErasesNothing()
    {
        var profile = await ProfileAsync("""{"name":"Sato Hanako"}""");
        var acme = await Rows.ScalarAsync<Guid>("select tenant_id from tenant where code = 'acme'");

        using var elsewhere = await EraseAsync(Node, acme, profile, profile.ToString());
        using var nowhere = await EraseAsync(Node, Guid.NewGuid(), profile, profile.ToString());

        (await elsewhere.DataAsync()).GetProperty("erasure_id").ValueKind.Should().Be(JsonValueKind.Null);
        (await nowhere.FailureCodeAsync()).Should().Be("TENANT_NOT_FOUND");
        (await DataAsync("GET", $"/v1/profile/{profile}")).GetProperty("profile_id").GetGuid().Should().Be(profile);
    }

    private static Task<HttpResponseMessage> EraseAsync(TestApi node, Guid tenant, Guid profile, string typed) =>
        SendAsync(node, tenant.ToString(), $$"""{"profile_id":"{{profile}}","confirm":"{{typed}}"}""");

    private static Task<HttpResponseMessage> SendAsync(TestApi node, string tenant, string body)
    {
        var request = ApiCalls.Request($"/api/v1/admin/tenants/{tenant}/erasures", "POST", node.BackofficeToken());
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return node.Client.SendAsync(request);
    }
}
