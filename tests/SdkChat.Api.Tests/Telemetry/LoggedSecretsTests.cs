using System.Net.Http.Json;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Telemetry;

/// <summary>That the search of all logs (<see cref="NoSecretsInLogsAttribute"/>) finds what it is for.</summary>
public sealed class LoggedSecretsTests
{
    [Test]
    public void Find_Credentials_KnowsThemByTheirLooks()
    {
        var token = TestTokens.Hs256(TestTokens.TenantClaims(Guid.NewGuid(), TimeProvider.System.GetUtcNow()), TestTokens.TenantSecret);
        string[] bad = [$"Bearer {token} came", "key osk_demo_0123456789abcdefghij", $"secret {TestTokens.BackofficeSecret}"];
        string[] good = ["key osk_demo_01234567 was used", "Stream of tenant 0190 opened", "eyJ is how they begin"];

        LoggedSecrets.Find([.. bad, .. good]).Should().Equal(bad);
    }

    [Test]
    public async Task Find_Prompt_KnowsItBecauseItWasSent()
    {
        const string Prompt = "A question that nobody else would ask";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/chat/{Guid.NewGuid()}/recommend")
        {
            Content = JsonContent.Create(new { prompt = Prompt }),
        };
        LoggedSecrets.Find([Prompt]).Should().BeEmpty();

        (await SharedApi.Api.Client.SendAsync(request)).Dispose();

        LoggedSecrets.Find([$"Shopper asks: {Prompt}."]).Should().HaveCount(1);
    }

    [Test]
    public async Task Logs_OfEveryHost_AreSearched()
    {
        var before = SharedApi.Api.Logs.Entries.Count;
        (await SharedApi.Api.Client.SendAsync(Request("/v1/validation", headers: [("X-API-KEY", "osk_demo_0123456789abcdefghij")])))
            .Dispose();

        SharedApi.Api.Logs.Entries.Count.Should().BeGreaterThan(before, "an empty log tells no secret");
    }
}
