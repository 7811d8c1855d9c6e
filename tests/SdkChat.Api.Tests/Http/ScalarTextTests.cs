using SdkChat.Api.Http.Binding;
using SdkChat.Api.Tests.Sdk;
using SdkChat.Api.Tests.Support;

namespace SdkChat.Api.Tests.Http;

/// <summary>An id and a number have one spelling each.</summary>
public sealed class ScalarTextTests() : SdkFixture(nodes: 1)
{
    private const string Uuid = "3736f10f-0b6c-7d9e-8a51-1f0c2d3e4f50";

    private static readonly string[] WrongUuids =
    [
        $" {Uuid}", $"{Uuid} ", $"{{{Uuid}}}", $"({Uuid})", Uuid.Replace("-", "", StringComparison.Ordinal), "",
        "+736f10f-0b6c-7d9e-8a51-1f0c2d3e4f50", "0x36f10f-0b6c-7d9e-8a51-1f0c2d3e4f50", "3736f10f-0x6c-7d9e-8a51-1f0c2d3e4f50",
        "3736f10f-+b6c-7d9e-8a51-1f0c2d3e4f50", "3736f10f- b6c-7d9e-8a51-1f0c2d3e4f50", "3736f10f-0b6c-7d9e-8a51-0x0c2d3e4f50",
        "3736f10f-0b6c-7d9e-8a51-1f0c2d3e4f5\0", "3736f10f-0b6c-7d9e-8a51-1f0c2d3e4f5０", "3736f10f–0b6c–7d9e–8a51–1f0c2d3e4f50",
        "3736f10-f0b6c-7d9e-8a51-1f0c2d3e4f50", $"urn:uuid:{Uuid}",
    ];

    private static readonly string[] WrongNumbers =
        [
            "", " 1", "1 ", "+1", "-0", "--1", "1.0", "1e1", "0x1", "1\0", "１", "٣", "1,000", "(1)", "00000000001", "2147483648",
            "9999999999",
        ];

    [Test]
    public void Uuid_InItsOneShape_IsRead()
    {
        ScalarText.TryParseUuid(Uuid, out var lower).Should().BeTrue();
        ScalarText.TryParseUuid(Uuid.ToUpperInvariant(), out var upper).Should().BeTrue();

        (lower, upper).Should().Be((Guid.Parse(Uuid), lower));
    }

    [TestCaseSource(nameof(WrongUuids))]
    public void Uuid_InAnyOther_IsNone(string text) => ScalarText.TryParseUuid(text, out _).Should().BeFalse();

    [Test]
    public void Uuid_OfAnyCharacterAnywhere_IsReadOnlyAsThatOne()
    {
        foreach (var at in Enumerable.Range(0, Uuid.Length))
        {
            foreach (var character in "0af AF+-xX{}()\t\0gG０")
            {
                var text = Uuid[..at] + character + Uuid[(at + 1)..];
                if (ScalarText.TryParseUuid(text, out var id))
                    id.ToString().Should().Be(text.ToLowerInvariant());
            }
        }
    }

    [TestCase("0", 0)]
    [TestCase("007", 7)]
    [TestCase("2147483647", int.MaxValue)]
    [TestCase("-1", -1)]
    [TestCase("-2147483648", int.MinValue)]
    public void Number_OfDigits_IsRead(string text, int number)
    {
        ScalarText.TryParseNumber(text, out var read).Should().BeTrue();
        read.Should().Be(number);
    }

    [TestCaseSource(nameof(WrongNumbers))]
    public void Number_OfAnythingElse_IsNone(string text) => ScalarText.TryParseNumber(text, out _).Should().BeFalse();

    [Test]
    public async Task Scalar_OfAnotherShape_IsRefusedByNameWhereverItStands()
    {
        var token = Node.TenantToken(Demo);
        var backoffice = Node.BackofficeToken();
        foreach (var wrong
            in WrongUuids.Where(text => text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal)).Select(Uri.EscapeDataString))
        {
            await RefusedAsync($"/v1/profile/{wrong}", "profile_id", ("X-API-KEY", DemoKey));
            await RefusedAsync($"/v1/chat/{Uuid}/recommend/{wrong}", "chat_id", ("X-API-KEY", DemoKey));
            await RefusedAsync($"/api/v1/sdk-chat/{wrong}", "chat_id", ("Authorization", $"Bearer {token}"));
            await RefusedAsync($"/api/v1/sdk-chat?profile_id={wrong}", "profile_id", ("Authorization", $"Bearer {token}"));
            await RefusedAsync($"/api/v1/admin/sdk-chat?tenant_id={wrong}", "tenant_id", ("Authorization", $"Bearer {backoffice}"));
        }

        foreach (var wrong in WrongNumbers.Select(Uri.EscapeDataString))
            await RefusedAsync($"/api/v1/sdk-chat?size={wrong}", "size", ("Authorization", $"Bearer {token}"));
    }

    [Test]
    public async Task Id_InABody_HasTheSameOneShape()
    {
        var profile = await ProfileAsync();
        foreach (var wrong in WrongUuids)
        {
            var body = System.Text.Json.JsonSerializer.Serialize(new { chat_id = wrong });
            (await FailureAsync("POST", BackList(profile), body)).Should().Be((400, "VALIDATION_FAILED"), wrong);
        }
    }

    private async Task RefusedAsync(string path, string parameter, (string Name, string Value) credential)
    {
        using var response = await Node.Client.SendAsync(ApiCalls.Request(path, headers: credential));

        ((int)response.StatusCode).Should().Be(400, path);
        (await response.FailureAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name)
            .Should().Equal([parameter], path);
    }
}
