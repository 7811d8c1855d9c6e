using SdkChat.Architecture.Tests.Deployment;
using YamlDotNet.RepresentationModel;

namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>The pipelines of GitHub and Azure: no runner starts them here, so this checks what can be known without one.</summary>
public sealed class WorkflowTests
{
    private static readonly string Workflows = Codebase.PathOf(".github/workflows");

    private static IEnumerable<string> Names =>
        Directory.GetFiles(Workflows).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Names))]
    public void Workflow_Permissions_AreToReadAlone(string name)
    {
        var workflow = Read(name);

        workflow.At("permissions").Members().Should().ContainSingle().Which.Key.Should().Be("contents");
        workflow.Text("permissions", "contents").Should().Be("read");
        Jobs(workflow).Should().OnlyContain(job => !job.Members().ContainsKey("permissions"));
    }

    [TestCaseSource(nameof(Names))]
    public void Workflow_Actions_AreExactVersions(string name)
    {
        var lines = File.ReadLines(Path.Combine(Workflows, name)).Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToArray();

        lines.Should().NotBeEmpty()
            .And.OnlyContain(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$"));
    }

    [TestCaseSource(nameof(Names))]
    public void Workflow_Jobs_EndByThemselves(string name) =>
        Jobs(Read(name)).Should().NotBeEmpty().And.OnlyContain(job => job.Number("timeout-minutes") <= 90);

    [Test]
    public void Ci_OnPushAndPullRequest_RunsTheScript()
    {
        var workflow = Read("ci.yml");

        workflow.At("on").Members().Keys.Should().BeEquivalentTo("push", "pull_request");
        Commands(workflow).Should().ContainSingle().Which.Should().Be(".ci/container .ci/run");
    }

    [Test]
    public void AzurePipeline_RunsTheSameScript()
    {
        var pipeline = Manifests.Documents(Codebase.PathOf("azure-pipelines.yml")).Single();

        pipeline.At("jobs").Items().Single().At("steps").Items().Where(step => step.Members().ContainsKey("script"))
            .Select(step => step.Text("script"))
            .Should().Equal(".ci/container .ci/run");
    }

    [Test]
    public void Scripts_OfThePipelines_AreExecutable()
    {
        foreach (var script in new[] { ".ci/run", ".ci/container" })
            File.GetUnixFileMode(Codebase.PathOf(script)).Should().HaveFlag(UnixFileMode.UserExecute, script);
    }

    [Test]
    public void Audit_EveryWeek_AsksBothRegistries()
    {
        var workflow = Read("audit.yml");

        workflow.At("on", "schedule").Items().Single().Text("cron").Should().MatchRegex(@"^\d+ \d+ \* \* [0-6]$");
        Commands(workflow)
            .Should().Contain(command => command.Contains("--vulnerable --include-transitive")).And.Contain("npm audit --omit=dev");
    }

    /// <summary>A new folder with npm packages is audited as well.</summary>
    [Test]
    public void Audit_NpmFolders_AreAllOfTheTree() =>
        Read("audit.yml").At("jobs", "npm", "strategy", "matrix", "folder").Items().Select(folder => folder.ToString())
            .Should().BeEquivalentTo(Tree.Files("package-lock.json").Select(path => Path.GetDirectoryName(path)));

    private static YamlNode Read(string name) => Manifests.Documents(Path.Combine(Workflows, name)).Single();

    private static IEnumerable<YamlNode> Jobs(YamlNode workflow) => workflow.At("jobs").Members().Values;

    private static IEnumerable<string> Commands(YamlNode workflow) =>
        from job in Jobs(workflow)
        from step in job.At("steps").Items()
        where step.Members().ContainsKey("run")
        select step.Text("run");
}
