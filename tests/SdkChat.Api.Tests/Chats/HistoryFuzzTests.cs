using System.Net;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace SdkChat.Api.Tests.Chats;

/// <summary>Thousands of query strings that nobody would write: never a 500, always the envelope.</summary>
public sealed class HistoryFuzzTests : HistoryFixture
{
    private static readonly string[] Paths = ["/api/v1/sdk-chat", "/api/v1/admin/sdk-chat"];

    private static readonly string[] Names =
        [
            "page", "size", "cursor", "profile_id", "tenant_id", "Page", "PAGING", "paging.page", "page[0]", "profileId", "", "%00", "a b",
            "é",
        ];

    private static readonly string[] Values =
    [
        "", "0", "1", "-1", "19", "101", "2147483647", "2147483648", "-2147483649", "99999999999999999999", "1e3", "0x10", "+1", " 1", "1 ",
        "٣",
        "NaN", "null", "true", "[]", "{}", "'", "\"", "%", "%zz", "%00", "%ff%fe", "%ED%A0%80", "\u0001", "AQ", "Ag", "Aw", "AQ==", "////",
        "3736f10f-0b6c-7d9e-8a51-1f0c2d3e4f50", "3736F10F-0B6C-7D9E-8A51-1F0C2D3E4F50", "00000000-0000-0000-0000-000000000000",
        "3736f10f0b6c7d9e8a511f0c2d3e4f50", "{3736f10f-0b6c-7d9e-8a51-1f0c2d3e4f50}", "' or 1=1 --", "../..", "<script>", "한글", "😀", ";",
        "&&", "#",
    ];

    [Test]
    public void Query_WhateverItSays_IsAnsweredWithTheEnvelope() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Arb.From(Requests()), path => AnswerIsSane(path)));

    private static Gen<string> Requests()
    {
        var known = Gen.Elements(Values);
        var random = ArbMap.Default.GeneratorFor<string>().Select(text => Uri.EscapeDataString(Clean(text)));
        var value = Gen.Frequency((4, known), (1, random), (1, Gen.Choose(0, 1200).Select(length => new string('A', length))));
        var pair = Gen.Elements(Names).SelectMany(name => value.Select(text => $"{name}={text}"));
        var query = Gen.Choose(0, 5).SelectMany(count => pair.ListOf(count)).Select(pairs => string.Join('&', pairs));
        return Gen.Elements(Paths).SelectMany(path => query.Select(text => $"{path}?{text}"));
    }

    private static string Clean(string? text) => new([.. (text ?? "").Where(c => !char.IsSurrogate(c))]);

    private async Task<bool> AnswerIsSane(string path)
    {
        using var response = path.Contains("/admin/", StringComparison.Ordinal) ? await AsBackofficeAsync(path) : await AsTenantAsync(path);
        response.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.BadRequest);

        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        body.RootElement.GetProperty("success").GetBoolean().Should().Be(response.StatusCode == HttpStatusCode.OK);
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            body.RootElement.GetProperty("code").GetString().Should().Be("VALIDATION_FAILED");
            body.RootElement.GetProperty("errors").EnumerateObject().Should().NotBeEmpty();
        }

        return true;
    }
}
