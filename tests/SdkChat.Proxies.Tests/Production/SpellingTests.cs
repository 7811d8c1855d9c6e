using SdkChat.Proxies.Tests.Production.Rig;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>An id has one spelling, also where a proxy has normalised the path before.</summary>
public sealed class SpellingTests
{
    [TestCase("%20{0}")]
    [TestCase("{0}%20")]
    [TestCase("+{0}")]
    [TestCase("0x{0}")]
    [TestCase("%7B{0}%7D")]
    [TestCase("%09{0}")]
    [TestCase("{0}%00")]
    public async Task Id_InAnotherSpelling_FindsNothing(string spelling)
    {
        var rig = ProductionSetup.Rig;
        foreach (var proxy in new[] { rig.Nginx, rig.Haproxy })
        {
            using var client = new RigClient(proxy, rig.Certificate);
            var profile = (await client.SdkAsync(rig.Tenants[0], HttpMethod.Post, "/v1/profile", new { })).Data.GetProperty("profile_id")
                .GetString();
            (await client.SdkAsync(rig.Tenants[0], HttpMethod.Get, $"/v1/profile/{profile}")).Status.Should().Be(200);

            var answer = await client.SdkAsync(
                rig.Tenants[0], HttpMethod.Get,
                "/v1/profile/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, spelling, profile));

            answer.Status.Should().Be(400, $"{proxy.Name}: {answer.Body}");
        }
    }
}
