using System.Text.RegularExpressions;

namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>
/// Every code block of the documentation that can be run is run by a test, which is named here. A new block needs a new line.
/// </summary>
public sealed partial class DocumentedBlocksTests
{
    /// <summary>Page, language and a text of the block; the test that runs it.</summary>
    private static readonly (string Page, string Language, string Text, string Test)[] Runs =
    [
        ("README.md", "sh", "./sdkchat up  ", "SnippetTests.StartAsync"),
        ("README.md", "sh", "curl -s", "SnippetTests.Readme_List_AnswersInTheShapeThatIsShown"),
        ("README.md", "json", "\"items\"", "SnippetTests.Readme_List_AnswersInTheShapeThatIsShown"),
        ("README.md", "sh", "./sdkchat demo", "SnippetTests.Readme_Demo_PrintsTheStepsThatAreShown"),
        ("README.md", "sh", "curl -N", "SnippetTests.Readme_Stream_BeginsWithReady"),
        ("README.md", "sh", "--nodes 3", Script),
        ("CONTRIBUTING.md", "sh", "dotnet build", Script),
        ("CONTRIBUTING.md", "sh", "./sdkchat test", Script),
        ("clients/csharp/SdkChat.Client/README.md", "csharp", "EventsAsync", "PackageTests"),
        ("clients/csharp/SdkChat.Client/README.md", "csharp", "yesterday", "PackageTests.Readme_YesterdaysFailures_AreListed"),
        ("clients/typescript/README.md", "js", "SdkChatStream", "TypeScriptClientTests"),
        ("clients/typescript/README.md", "js", "yesterday", "TypeScriptClientTests.Readme_YesterdaysFailures_AreListed"),
        ("docs/api.md", "js", "new EventSource", "SnippetTests.Api_ReopeningByHand_AsksTheListOnceTheStreamIsClosed"),
        ("docs/ci.md", "sh", "--ephemeral", "EphemeralTests.Ci_Block_ServesAndLeavesNothing"),
        ("docs/ci.md", "sh", "SDKCHAT_TOKEN", "SnippetTests.Ci_Verbs_ReadTheRunningService"),
        ("docs/console.md", "sh", "Console__Folder", "SnippetTests.Console_FromItsFolder_IsServed"),
        ("docs/contract-tests.md", "sh", "in another", "ContractTests.Contract_OfARunningUp_MakesItsOwnTenantsAndDisablesThem"),
        (
            "docs/contract-tests.md", "sh", "--junit contract.xml",
            "DebuggingSnippetTests.ContractTests_InCi_MakesTenantsReportsAndDisablesThem"),
        ("docs/contract-tests.md", "sh", "--fuzz 60s", "CommandTests.Contract_Fuzz_ReportsSeedAndStatuses"),
        ("docs/contract-tests.md", "sh", "./sdkchat mutants", "MutantsCommandTests.Mutants_OfAWeakCommand_PrintsWhatItDidNotNotice"),
        ("docs/debugging.md", "sh", "Logging__LogLevel__SdkChat", "DebuggingSnippetTests.LogLevel_OfThePage_ShowsTheCategory"),
        ("docs/debugging.md", "sh", "dotnet tool restore", "DebuggingSnippetTests.Tools_OfThePage_FindTheProcessAndCollect"),
        ("docs/debugging.md", "sh", "psql", "SnippetTests.Debugging_Psql_ReachesTheDatabaseAndExplains"),
        ("docs/debugging.md", "sql", "explain", "SnippetTests.Debugging_Psql_ReachesTheDatabaseAndExplains"),
        ("docs/debugging.md", "sh", "--only 6.ping", "DebuggingSnippetTests.Contract_OneRule_RunsAgainstTheInstance"),
        ("docs/operations/configure.md", "sh", "up --urls", "OperationsSnippetTests.Configure_MinimalConfiguration_IsEnoughToBeReady"),
        ("docs/operations/deploy.md", "sh", "migrate", "OperationsSnippetTests.Deploy_Migrate_MakesTheSchemaAndGrants"),
        ("docs/operations/deploy.md", "sh", "tenant add", "OperationsSnippetTests.Deploy_FirstTenant_GetsAKey"),
        ("docs/operations/rotate-keys.md", "sh", "apikey revoke", "OperationsSnippetTests.Rotate_SdkKey_LeavesTheNewOneOnly"),
        ("docs/operations/sign-in.md", "sh", "Console__SignIn", "StartTests.Start_WithTheExampleOfASignIn_Succeeds"),
        ("docs/operations/upgrade.md", "sh", "SDKCHAT_REHEARSAL_ROWS", "RollingUpgradeTests.Upgrade_WithReaders"),
        ("docs/performance.md", "sh", "./sdkchat bench", Script),
        ("docs/reliability.md", "sh", "--nodes 3", "FleetTests"),
    ];

    /// <summary>
    /// What the script does with its verbs and arguments. A test that ran these calls themselves would run itself, or for hours; their
    /// options are compared with the programs' by <see cref="DocumentedCommandsTests"/>.
    /// </summary>
    private const string Script = "ScriptTests";

    private static readonly string Tests = string.Concat(Codebase.Sources("tests").Select(file => file.Text));

    private static IEnumerable<(string Page, string Language, string Text)> Blocks =>
        from page in Tree.Pages
        from block in Fence().Matches(page.Text)
        where block.Groups[1].Length > 0
        select (page.Path, block.Groups[1].Value, block.Groups[2].Value);

    [Test]
    public void Blocks_OfAllPages_AreRunByATest() => Blocks.Where(block => !IsRun(block)).Should().BeEmpty();

    [Test]
    public void Runs_All_NameOneBlockAndATest() =>
        Runs.Where(
            run =>
                Blocks.Count(block => IsMeant(run, block)) != 1
                || !run.Test.Split('.').All(name => Tests.Contains(name, StringComparison.Ordinal)))
            .Should().BeEmpty();

    [Test]
    public void IsRun_DeliberateViolation_IsFound() => IsRun(("README.md", "sh", "./sdkchat up --nodes 9\n")).Should().BeFalse();

    private static bool IsRun((string Page, string Language, string Text) block) => Runs.Any(run => IsMeant(run, block));

    private static bool IsMeant(
        (string Page, string Language, string Text, string Test) run, (string Page, string Language, string Text) block) =>
        (run.Page, run.Language) == (block.Page, block.Language) && block.Text.Contains(run.Text, StringComparison.Ordinal);

    [GeneratedRegex(@"(?ms)^```(\w*)\n(.*?)^```")]
    private static partial Regex Fence();
}
