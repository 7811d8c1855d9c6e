using System.Security.Cryptography;
using System.Text;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Tests.Tenants;

public sealed class SdkKeyTests
{
    private const string Random = "0123456789abcdefghijklmnopqrsTUV";

    [Test]
    public void Create_AnyKey_ReadsBackAsItself()
    {
        var key = SdkKey.Create(Code("de-mo"));

        SdkKey.TryParse(key.Secret, out var read).Should().BeTrue();
        read!.Prefix.Should().Be(key.Prefix);
        read.Tenant.Should().Be(Code("de-mo"));
        key.Secret.Should().MatchRegex("^osk_de-mo_[0-9A-Za-z]{32}$").And.StartWith(key.Prefix);
        key.Prefix.Should().HaveLength("osk_de-mo_".Length + 8);
    }

    [Test]
    public void Create_ManyKeys_AreAllDifferent() =>
        Enumerable.Range(0, 1000).Select(_ => SdkKey.Create(Code("demo")).Prefix).Should().OnlyHaveUniqueItems();

    [Test]
    public void Hash_IsSha256_OfTheWholeKey()
    {
        var key = Parse($"osk_demo_{Random}");

        key.Hash().Should().Equal(SHA256.HashData(Encoding.UTF8.GetBytes($"osk_demo_{Random}")));
        key.Matches(key.Hash()).Should().BeTrue();
    }

    [Test]
    public void Matches_SamePrefixOtherEnding_IsFalse()
    {
        var key = Parse($"osk_demo_{Random}");
        var other = Parse($"osk_demo_{Random[..^1]}W");

        other.Prefix.Should().Be(key.Prefix);
        other.Matches(key.Hash()).Should().BeFalse();
        key.Matches([]).Should().BeFalse();
    }

    [Test]
    public void TryParsePrefix_OfAKey_NamesItsTenant()
    {
        SdkKey.TryParsePrefix(SdkKey.Create(Code("de-mo")).Prefix, out var tenant).Should().BeTrue();
        tenant.Should().Be(Code("de-mo"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("osk_demo")]
    [TestCase("osk_demo_0123456")]
    [TestCase("osk_demo_012345678")]
    [TestCase("osk_demo_0123456\0")]
    [TestCase("osk_Demo_01234567")]
    [TestCase("osk_admin_01234567")]
    [TestCase("osk__01234567")]
    [TestCase("OSK_demo_01234567")]
    public void TryParsePrefix_AnythingElse_IsRefused(string? text) => SdkKey.TryParsePrefix(text, out _).Should().BeFalse();

    [Test]
    public void ToString_Never_TellsTheSecret()
    {
        var key = SdkKey.Create(Code("demo"));

        $"{key}".Should().Be(key.Prefix);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("osk_")]
    [TestCase("osk_demo")]
    [TestCase("osk_demo_")]
    [TestCase("osk__" + Random)]
    [TestCase("osk_demo_" + Random + "x", Description = "too long")]
    [TestCase("osk_demo_0123456789abcdefghijklmnopqrsTU", Description = "too short")]
    [TestCase("osk_demo_0123456789abcdefghijklmnopqrsTU-")]
    [TestCase("osk_demo_0123456789abcdefghijklmnopqrsTU\n")]
    [TestCase("osk_demo_0123456789abcdefghijklmnopqrsTU\0")]
    [TestCase("osk_demo_0123456789abcdefghijklmnopqrsTUé")]
    [TestCase("osk_de_mo_0123456789abcdefghijklmnopqrsTUV")]
    [TestCase("osk_Demo_" + Random, Description = "a key is not folded")]
    [TestCase("osk_-demo_" + Random)]
    [TestCase("osk_admin_" + Random)]
    [TestCase("OSK_demo_" + Random)]
    [TestCase(" osk_demo_" + Random)]
    [TestCase("osk_demo_" + Random + " ")]
    public void TryParse_Malformed_IsRefused(string? text)
    {
        SdkKey.TryParse(text, out var key).Should().BeFalse();
        key.Should().BeNull();
    }

    private static TenantCode Code(string text) => TenantCode.TryParse(text, out var code) ? code : throw new ArgumentException(text);

    private static SdkKey Parse(string text) => SdkKey.TryParse(text, out var key) ? key : throw new ArgumentException(text);
}
