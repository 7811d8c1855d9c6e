using System.Text.Json;
using SdkChat.Architecture.Tests.Deployment;

namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>What editors, GitHub and the dev container read: each parses, and names only what exists.</summary>
public sealed class EditorFilesTests
{
    private static IEnumerable<string> JsonFiles =>
        Tree.Files("*.json").Where(
            path => path.StartsWith(".vscode", StringComparison.Ordinal) || path.StartsWith(".devcontainer", StringComparison.Ordinal));

    private static IEnumerable<string> IssueForms =>
        Tree.Files("*.yml").Where(path => path.StartsWith(".github/ISSUE_TEMPLATE", StringComparison.Ordinal));

    [TestCaseSource(nameof(JsonFiles))]
    public void Json_Parses(string path) => Read(path).ValueKind.Should().Be(JsonValueKind.Object);

    [Test]
    public void Launch_Programs_AreProjectsOfTheTree()
    {
        foreach (var program in Launches().Where(launch => launch.TryGetProperty("program", out _))
            .Select(launch => launch.GetProperty("program").GetString()!))
        {
            var project = program.Replace("${workspaceFolder}/", "", StringComparison.Ordinal).Split("/bin/")[0];
            File.Exists(Path.Combine(Codebase.Root, project, Path.GetFileNameWithoutExtension(program) + ".csproj"))
                .Should().BeTrue(program);
        }
    }

    [Test]
    public void Launch_TasksBefore_Exist()
    {
        var tasks = Read(".vscode/tasks.json").GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("label").GetString());

        Launches().Where(launch => launch.TryGetProperty("preLaunchTask", out _))
            .Select(launch => launch.GetProperty("preLaunchTask").GetString())
            .Should().NotBeEmpty().And.BeSubsetOf(tasks);
    }

    [Test]
    public void Launch_First_StartsADevelopmentInstance()
    {
        var first = Launches()[0];

        first.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()).Should().Equal("up");
        first.GetProperty("env").GetProperty("ASPNETCORE_ENVIRONMENT").GetString().Should().Be("Development");
    }

    /// <summary>The image brings what ./sdkchat would install for tests.</summary>
    [Test]
    public void DevContainer_Image_HasWhatTheTestsRunBeside()
    {
        var container = Read(".devcontainer/devcontainer.json");
        var image = File.ReadAllText(
            Path.Combine(Codebase.PathOf(".devcontainer"), container.GetProperty("build").GetProperty("dockerfile").GetString()!));

        image.Should().ContainAll(
            " chromium ", " curl ", " haproxy ", " nginx ", " postgresql ", "redis-server ", " wrk ", "node:20", "dotnet/sdk:10.0");
    }

    [TestCaseSource(nameof(IssueForms))]
    public void IssueForm_Parses_AndHasWhatGitHubRequires(string path)
    {
        var form = Manifests.Documents(Codebase.PathOf(path)).Single();
        if (Path.GetFileName(path) == "config.yml")
        {
            form.Text("blank_issues_enabled").Should().Be("false");
            return;
        }

        form.Members().Keys.Should().Contain(["name", "description", "body"]);
        var fields = form.At("body").Items().Where(field => field.Text("type") != "markdown").ToArray();
        fields.Select(field => field.Text("id")).Should().NotBeEmpty().And.OnlyHaveUniqueItems();
        fields.Should().OnlyContain(field => field.Text("attributes", "label").Length > 0);
    }

    private static JsonElement[] Launches() => [.. Read(".vscode/launch.json").GetProperty("configurations").EnumerateArray()];

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllText(Codebase.PathOf(path))).RootElement;
}
