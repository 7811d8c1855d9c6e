namespace SdkChat.Architecture.Tests.Settings;

/// <summary>The settings table of docs/operations.md is what the options say.</summary>
public sealed class SettingsTableTests
{
    private const string Begin = "<!-- settings: made from the options classes; SDKCHAT_WRITE_DOCS=1 ./sdkchat test --filter SettingsTable writes it anew -->\n";
    private const string End = "<!-- end of settings -->\n";

    private static string Page => Path.Combine(House.Root, "docs", "operations.md");

    [Test]
    public void Table_InTheDocs_IsWhatTheOptionsSay()
    {
        var page = File.ReadAllText(Page);
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        begin.Should().BeGreaterThanOrEqualTo(Begin.Length);
        end.Should().BeGreaterThanOrEqualTo(begin);
        var table = Table();
        if (Environment.GetEnvironmentVariable("SDKCHAT_WRITE_DOCS") == "1")
            File.WriteAllText(Page, page = page[..begin] + table + page[end..]);

        page[begin..page.IndexOf(End, StringComparison.Ordinal)].Should().Be(table, "the comment above the table says how it is written anew");
    }

    [Test]
    public void Settings_All_AreExplained() =>
        SettingsCatalogue.Read().Where(setting => setting.Meaning.Length == 0).Should().BeEmpty();

    [TestCase("Live:PingSeconds", "`25`", "Seconds between two pings, and before the first. (1 to 300)")]
    [TestCase("Proxies:Trusted:0…", "none", "Addresses or CIDR ranges (`10.0.0.0/8`) whose *")]
    [TestCase("Authentication:Backoffice:Claims:Subject", "`sub`", "Who the person is. *")]
    public void Settings_OfEachKind_AreFound(string name, string @default, string meaning)
    {
        var found = SettingsCatalogue.Read().Should().ContainSingle(setting => setting.Name == name).Subject;

        found.Default.Should().Be(@default);
        found.Meaning.Should().Match(meaning);
    }

    private static string Table() =>
        "| setting | default | meaning |\n|---|---|---|\n"
        + string.Concat(SettingsCatalogue.Read().Select(setting => $"| `{setting.Name}` | {setting.Default} | {setting.Meaning} |\n"));
}
