namespace SdkChat.Architecture.Tests.Settings;

/// <summary>The settings tables of docs/operations/configure.md match the options classes.</summary>
public sealed class SettingsTableTests
{
    private const string End = "<!-- end of generated table -->\n";

    private static string Page => Codebase.PathOf("docs/operations/configure.md");

    private static IReadOnlyList<Setting> Rows { get; } =
    [
        .. SettingsCatalogue.Read()
            .Select(
                setting =>
                    setting with { Name = setting.Name.Replace(":Tenant:", ":{scheme}:", StringComparison.Ordinal)
                        .Replace(":Backoffice:", ":{scheme}:", StringComparison.Ordinal) })
            .Distinct(),
    ];

    private static IEnumerable<string> Groups => SettingGroup.All.Select(group => group.Heading);

    [TestCaseSource(nameof(Groups))]
    public void Table_OfAGroup_MatchesTheOptions(string heading)
    {
        var page = File.ReadAllText(Page);
        var marker = $"<!-- generated table, {heading}: SDKCHAT_WRITE_DOCS=1 ./sdkchat test --filter SettingsTable -->\n";
        var begin = page.IndexOf(marker, StringComparison.Ordinal) + marker.Length;
        begin.Should().BeGreaterThanOrEqualTo(marker.Length);
        var end = page.IndexOf(End, begin, StringComparison.Ordinal);
        end.Should().BeGreaterThanOrEqualTo(begin);
        page[..begin].Should().Contain($"\n## {heading}\n");
        var table = Table(heading);
        if (Environment.GetEnvironmentVariable("SDKCHAT_WRITE_DOCS") == "1")
            File.WriteAllText(Page, page = page[..begin] + table + page[end..]);

        page[begin..page.IndexOf(End, begin, StringComparison.Ordinal)]
            .Should().Be(table, "the comment above the table has the command that writes it");
    }

    [Test]
    public void Settings_All_AreExplained() =>
        SettingsCatalogue.Read().Where(setting => setting.Meaning.Length == 0).Should().BeEmpty();

    [Test]
    public void Groups_ListNoSettingThatIsGone() =>
        SettingGroup.Listed.Keys.Where(prefix => !Rows.Any(row => row.Name.StartsWith(prefix, StringComparison.Ordinal)))
            .Should().BeEmpty();

    [TestCase("Authentication:{scheme}:Secrets:0…", "Must set in production")]
    [TestCase("Live:MaxStreams", "Tune")]
    [TestCase("Server:MaxHeaders", "Leave alone")]
    public void Group_OfASetting_IsTheListedOneOrTune(string name, string heading) => SettingGroup.For(name).Heading.Should().Be(heading);

    [TestCase("Live:PingSeconds", "`25`", "Seconds between two pings, and before the first one. (1 to 300)")]
    [TestCase("Proxies:Trusted:0…", "none", "Addresses or CIDR ranges (`10.0.0.0/8`) of proxies whose *")]
    [TestCase("Authentication:Backoffice:Claims:Subject", "`sub`", "Claim of the subject. *")]
    public void Settings_OfEachKind_AreFound(string name, string @default, string meaning)
    {
        var found = SettingsCatalogue.Read().Should().ContainSingle(setting => setting.Name == name).Subject;

        found.Default.Should().Be(@default);
        found.Meaning.Should().Match(meaning);
    }

    private static string Table(string heading) =>
        "| setting | default | meaning |\n|---|---|---|\n"
        + string.Concat(
            Rows.Where(row => SettingGroup.For(row.Name).Heading == heading)
                .Select(row => $"| `{row.Name}` | {row.Default} | {row.Meaning} |\n"));
}
