using System.Text.RegularExpressions;

namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>
/// The Debian packages that <c>./sdkchat</c> installs for tests and benches: the same list in CONTRIBUTING.md and in the dev container.
/// </summary>
public sealed partial class PackageListTests
{
    /// <summary>The container takes these from the image of Node.js.</summary>
    private static readonly string[] OfNode = ["nodejs", "npm"];

    private static readonly string Script = File.ReadAllText(Codebase.PathOf("sdkchat"));

    private static IEnumerable<string> ForTests =>
        Loop().Match(Script).Groups[1].Value.Split([' ', '\\', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> ForBenches => Missing().Matches(Script).SelectMany(match => match.Groups[1].Value.Split(' '));

    [Test]
    public void Contributing_NamesThePackagesOfTheTests()
    {
        var row = File.ReadLines(Codebase.PathOf("CONTRIBUTING.md")).Single(line => line.StartsWith("| curl, ", StringComparison.Ordinal));

        row.Split('|')[1].Trim().Split(", ").Select(name => name == "Node.js" ? "nodejs" : name).Should().BeEquivalentTo(ForTests);
    }

    [Test]
    public void DevContainer_InstallsThePackagesOfTestsAndBenches()
    {
        var installed = Installed().Match(File.ReadAllText(Codebase.PathOf(".devcontainer/Dockerfile"))).Groups[1]
            .Value.Split([' ', '\\', '\n'], StringSplitOptions.RemoveEmptyEntries);

        ForBenches.Should().Contain("wrk");
        installed.Should().Contain(ForTests.Concat(ForBenches).Append("postgresql").Except(OfNode))
            .And.BeInAscendingOrder(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"for package in ([a-z0-9 \\\n-]+); do")]
    private static partial Regex Loop();

    [GeneratedRegex("""missing="(?:\$missing )?([a-z0-9-]+(?: [a-z0-9-]+)*)"$""", RegexOptions.Multiline)]
    private static partial Regex Missing();

    [GeneratedRegex(@"--no-install-recommends \\\n((?: +[^&\n]+\n)+)")]
    private static partial Regex Installed();
}
