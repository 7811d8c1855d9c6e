using System.Diagnostics;
using System.Text.RegularExpressions;
using SdkChat.Api.CommandLine;
using SdkChat.Architecture.Tests.Settings;
using SdkChat.Development.Commands;

namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>
/// Every call of the command line in any document is valid: its verb exists in the program that is called, and each option belongs to that
/// verb. What the calls do is tested where the verbs are.
/// </summary>
public sealed partial class DocumentedCommandsTests
{
    /// <summary>
    /// Verbs of the script alone, and the sources where their options stand; null hands everything to <c>dotnet test</c>.
    /// </summary>
    private static readonly Dictionary<string, string?> ScriptVerbs = new()
    {
        ["test"] = null,
        ["faults"] = "tests/SdkChat.Faults",
        ["screenshots"] = "tests/SdkChat.Browser.Tests",
        ["contract"] = "tests/SdkChat.Contract",
        ["mutants"] = "tests/SdkChat.Contract",
        ["bench"] = "bench/SdkChat.Bench",
    };

    private static IEnumerable<TestCaseData> Commands =>
        from page in Tree.Pages
        from command in Call().Matches(page.Text.Replace("\\\n", " ", StringComparison.Ordinal))
            .Select(match => match.Groups[1].Value.Trim()).Distinct()
        select new TestCaseData(command).SetArgDisplayNames(page.Path, command);

    /// <summary>Calls of the published program, which has the operator's verbs only.</summary>
    private static IEnumerable<TestCaseData> ProductionCommands =>
        from page in Tree.Pages
        from command in ProductionCall().Matches(page.Text.Replace("\\\n", " ", StringComparison.Ordinal))
            .Select(match => match.Groups[1].Value.Trim()).Distinct()
        select new TestCaseData(command).SetArgDisplayNames(page.Path, command);

    private static IEnumerable<TestCaseData> ShellBlocks =>
        from page in Tree.Pages
        from block in Shell().Matches(page.Text)
        select new TestCaseData(block.Groups[1].Value).SetArgDisplayNames(page.Path, block.Groups[1].Value.Split('\n')[0]);

    /// <summary>The first code span of each row of the verbs' table.</summary>
    private static IEnumerable<string> TableOfVerbs =>
        from line in File.ReadLines(Codebase.PathOf("docs/operations/commands.md")).SkipWhile(line => line != "## Verbs").Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
        let row = Row().Match(line)
        where row.Success
        select row.Groups[1].Value;

    [TestCaseSource(nameof(Commands))]
    [TestCaseSource(nameof(TableOfVerbs))]
    public void Command_InTheDocs_IsUnderstood(string command) => Problem(DevelopmentProgram.Create(), command).Should().BeNull();

    [TestCaseSource(nameof(ProductionCommands))]
    public void ProductionCommand_InTheDocs_IsUnderstood(string command) => Problem(ServiceProgram.Create(), command).Should().BeNull();

    /// <summary>Verbs that need the source tree are not in the published program.</summary>
    [TestCase("seed --tenant demo")]
    [TestCase("token backoffice")]
    [TestCase("sign-in")]
    [TestCase("demo")]
    [TestCase("up --nodes 3")]
    [TestCase("tenant list --data x")]
    public void ProductionCommand_OfTheDevelopmentProgram_IsUnknown(string command) =>
        Problem(ServiceProgram.Create(), command).Should().NotBeNull();

    [Test]
    public void Verbs_OfTheProgramAndTheScript_AreAllInTheTable()
    {
        var verbs = DevelopmentProgram.Create().Parse(["help"]).RootCommandResult.Command.Subcommands.Select(verb => verb.Name)
            .Except(["help", "version"]);

        TableOfVerbs.Select(row => row.Split(' ')[0]).Should().BeEquivalentTo(verbs.Concat(ScriptVerbs.Keys));
    }

    /// <summary>Settings in the form of environment variables, wherever a page has one.</summary>
    [Test]
    public void Variables_InTheDocs_AreSettingsThatExist() => Tree.Pages.SelectMany(page => UnknownVariables(page.Text)).Should().BeEmpty();

    [TestCase("Live__PingSecond=5 ./sdkchat up")]
    [TestCase("export ConnectionStrings__SdkChats='Host=db'")]
    public void UnknownVariables_DeliberateViolation_IsFound(string text) => UnknownVariables(text).Should().NotBeEmpty();

    [TestCaseSource(nameof(ShellBlocks))]
    public void ShellBlock_InTheDocs_IsSyntacticallyRight(string block) => SyntaxError(block).Should().BeEmpty();

    [Test]
    public void SyntaxError_DeliberateViolation_IsFound() => SyntaxError("for t in a b; do echo \"$t\"").Should().NotBeEmpty();

    /// <summary>The script answers to each of its own verbs.</summary>
    [Test]
    public void Verbs_OfTheScript_Exist() =>
        Branch().Matches(File.ReadAllText(Codebase.PathOf("sdkchat"))).SelectMany(match => match.Groups[1].Value.Split('|'))
            .Should().Contain(ScriptVerbs.Keys);

    [TestCase("tennant list")]
    [TestCase("tenant lst")]
    [TestCase("up --node 3")]
    [TestCase("seed --tenant NAME --chat N")]
    [TestCase("bench --fast")]
    [TestCase("faults --only kill --nodes 3")]
    public void Problem_DeliberateViolation_IsFound(string command) => Problem(DevelopmentProgram.Create(), command).Should().NotBeNull();

    private static string? Problem(CommandProgram program, string command)
    {
        var words = Word().Matches(command).Select(word => Example(word.Value)).ToArray();
        if (ScriptVerbs.TryGetValue(words[0], out var sources))
            return sources is null ? null : UnknownOption(sources, words);

        // Help is asked for besides, so that options which a page leaves out are not missed.
        var parsed = program.Parse([.. words, "--help"]);
        return parsed.UnmatchedTokens.Concat(parsed.Errors.Select(error => error.Message)).FirstOrDefault();
    }

    private static IEnumerable<string> UnknownVariables(string text)
    {
        var known = SettingsCatalogue.Read().Select(setting => setting.Variable)
            .Concat(["ConnectionStrings__SdkChat", "ConnectionStrings__SdkChatMigrations", "ConnectionStrings__Redis"]).ToHashSet();
        return Variable().Matches(text).Select(match => match.Value)
            .Where(
                name =>
                    !name.StartsWith("Logging__LogLevel__", StringComparison.Ordinal)
                    && !known.Contains(Regex.Replace(name, @"__\d+$", "__0")));
    }

    private static string SyntaxError(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-n"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        shell.StandardInput.Write(script);
        shell.StandardInput.Close();
        return shell.StandardError.ReadToEnd();
    }

    private static string? UnknownOption(string sources, string[] words)
    {
        var code = string.Concat(
            Directory.GetFiles(Codebase.PathOf(sources), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        return words.FirstOrDefault(
            word =>
                word.StartsWith("--", StringComparison.Ordinal) && word != "--help"
                && !Regex.IsMatch(code, $"\\(\\s*\"{word}\""));
    }

    /// <summary>A value for what a page writes in capitals, as a variable or as an optional part.</summary>
    private static string Example(string word) => word.Trim('[', ']', '\'', '"') switch
    {
        "UUID" => "01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90",
        "N" or "M" => "5",
        var other => other,
    };

    [GeneratedRegex(@"\./sdkchat[ \t]+([a-z][^\n`|>)#;&]*)")]
    private static partial Regex Call();

    [GeneratedRegex(@"dotnet SdkChat\.Api\.dll[ \t]+([a-z][^\n`|>)#;&]*)")]
    private static partial Regex ProductionCall();

    [GeneratedRegex(@"(?ms)^```sh\n(.*?)^```")]
    private static partial Regex Shell();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]*__[\w.]*\w")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\| `([^`]+)`")]
    private static partial Regex Row();

    [GeneratedRegex("""'[^']*'|"[^"]*"|\S+""")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?m)^    ([a-z|-]+)\)$")]
    private static partial Regex Branch();
}
