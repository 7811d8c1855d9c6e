using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Tests.Tenants;

public sealed class TenantCodeTests
{
    private static readonly string Longest = new('a', 63);

    private static IEnumerable<string> Good => ["demo", "a", "7", "a-b", "a--b", "x1", Longest];

    private static IEnumerable<string?> Bad =>
        [null, "", " ", "-a", "a-", "a b", "a.b", "a_b", "é", "ａ", "\u212Aim", "admin", "api", "ADMIN", Longest + "a", "demo\n"];

    [TestCaseSource(nameof(Good))]
    public void TryParse_DnsLabel_IsACode(string text)
    {
        TenantCode.TryParse(text, out var code).Should().BeTrue();
        code.ToString().Should().Be(text);
    }

    [Test]
    public void TryParse_UpperCase_IsFolded()
    {
        TenantCode.TryParse("DeMo", out var code).Should().BeTrue();
        code.Value.Should().Be("demo");
    }

    [TestCaseSource(nameof(Bad))]
    public void TryParse_AnythingElse_IsRefused(string? text) => TenantCode.TryParse(text, out _).Should().BeFalse();
}
