using System.Text.RegularExpressions;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>What the scripts do around the program.</summary>
public sealed partial class ScriptTests
{
    private ScriptTree _tree = null!;

    [SetUp]
    public void Plant() => _tree = new ScriptTree();

    [TearDown]
    public void Fell() => _tree.Dispose();

    [Test]
    public async Task Verb_AnywhereWithoutAHome_ReachesTheProgramWithAHomeAndADataFolderInTheTree()
    {
        var outcome = await _tree.RunAsync("'" + _tree.Root + "/sdkchat' token 'two words'", home: null);

        outcome.Should().Match<Finished>(finished => finished.Code == 0);
        outcome.Output.Should().Be($"Development {_tree.Root}/artifacts/home {_tree.Root}/.data token two words\n");
    }

    [Test]
    public async Task Verb_ThroughALink_FindsItsTree()
    {
        var outcome = await _tree.RunAsync(
            "ln -s '" + _tree.Root + "/sdkchat' \"$STUB/link\" && ASPNETCORE_ENVIRONMENT=Staging \"$STUB/link\" version");

        outcome.Output.Should().Be($"Staging /tmp {_tree.Root}/.data version\n");
    }

    [Test]
    public async Task Verb_SourcesUnchanged_BuildsOnce()
    {
        await VersionAsync();
        await VersionAsync();

        _tree.Builds.Should().Be(1);
    }

    [Test]
    public async Task Verb_SourceChangedAddedOrDeleted_BuildsAgain()
    {
        await VersionAsync();
        _tree.Write("src/SdkChat.Api/Chat.cs", "// changed");
        await VersionAsync();
        _tree.Write("src/SdkChat.Api/New.cs", "");
        await VersionAsync();
        File.Delete(Path.Combine(_tree.Root, "src/SdkChat.Api/New.cs"));
        await VersionAsync();

        _tree.Builds.Should().Be(4);
    }

    [Test]
    public async Task Verb_BuildFails_ShowsTheCompilersErrorAndRunsNothing()
    {
        _tree.BreakTheBuild();

        var outcome = await VersionAsync();

        outcome.Should().Match<Finished>(finished => finished.Code == 1 && finished.Output.Length == 0);
        outcome.Error.Should().Contain("error CS1002");
    }

    /// <summary>One that other builds use stays.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task Verb_Builds_EndsTheCompilerServerOfThisBuild(bool succeeds)
    {
        if (!succeeds)
            _tree.BreakTheBuild();

        await VersionAsync();

        var build = _tree.Calls.Single(call => call.StartsWith("build ", StringComparison.Ordinal));
        build.Should().Contain("-p:UseSharedCompilation=true");
        var server = build.Split("-p:SharedCompilationId=")[1];
        server.Should().MatchRegex("^sdkchat-[0-9]+$");
        _tree.Calls.Should().ContainSingle(
            call => call == $"/some where/10.0.100/Roslyn/bincore/VBCSCompiler.dll -pipename:{server} -shutdown");
        _tree.FoldersOfBuilds.Should().ContainSingle()
            .Which.Should().Match(folder => !Directory.Exists(folder), "nothing is left of a build but what it built");
    }

    [Test]
    public async Task Verbs_AtOnceOnAFreshTree_BuildOnce()
    {
        await Task.WhenAll(VersionAsync(), VersionAsync(), VersionAsync());

        _tree.Builds.Should().Be(1);
    }

    [Test]
    public async Task Bench_WithOptions_BuildsTheBenchAndHandsThemOver()
    {
        var outcome = await _tree.RunAsync("'" + _tree.Root + "/sdkchat' bench --help --only 'two words'");

        outcome.Should().Match<Finished>(finished => finished.Code == 0);
        outcome.Output.Should().Be($"Development /tmp {_tree.Root}/.data --help --only two words\n");
        _tree.Builds.Should().Be(1);
    }

    [Test]
    public async Task Bench_SourcesChanged_BuildsAgain()
    {
        await BenchAsync();
        await BenchAsync();
        _tree.Builds.Should().Be(1);

        _tree.Write("bench/SdkChat.Bench/Row.cs", "// changed");
        await BenchAsync();
        _tree.Write("src/SdkChat.Api/Chat.cs", "// changed");
        await BenchAsync();
        await BenchAsync();
        _tree.Builds.Should().Be(3);

        // What another verb built is not what the bench was built from, even if the sources come back.
        _tree.Write("src/SdkChat.Api/New.cs", "");
        await VersionAsync();
        File.Delete(Path.Combine(_tree.Root, "src/SdkChat.Api/New.cs"));
        await BenchAsync();
        _tree.Builds.Should().Be(5);

        async Task BenchAsync() => (await _tree.RunAsync("'" + _tree.Root + "/sdkchat' bench --help")).Code.Should().Be(0);
    }

    [Test]
    public async Task Contract_WithOptions_BuildsServiceAndSuiteAndHandsThemOver()
    {
        var outcome = await _tree.RunAsync("'" + _tree.Root + "/sdkchat' contract --only 'two words'");

        outcome.Should().Match<Finished>(finished => finished.Code == 0);
        outcome.Output.Should().Be($"Development /tmp {_tree.Root}/.data --only two words\n");
        _tree.Builds.Should().Be(2);
    }

    [Test]
    public async Task Test_AllPass_EndsWithTheSum()
    {
        _tree.TestProject("A.Tests", code: 0, passed: 12);
        _tree.TestProject("B.Tests", code: 0, passed: 30, skipped: 2);

        await ShouldEndWithAsync("42 passed, 0 failed, 2 skipped", code: 0);
    }

    [Test]
    public async Task Test_SomeFail_EndsWithTheSumAndFails()
    {
        _tree.TestProject("A.Tests", code: 1, passed: 12, failed: 3);
        _tree.TestProject("B.Tests", code: 0, passed: 30);

        await ShouldEndWithAsync("42 passed, 3 failed", code: 1);
    }

    [Test]
    public async Task Test_AProjectCrashes_CountsAsAFailure()
    {
        _tree.TestProject("A.Tests", code: 1);
        _tree.TestProject("B.Tests", code: 0, passed: 30);

        await ShouldEndWithAsync("30 passed, 1 failed", code: 1);
    }

    [Test]
    public async Task Test_SeveralProjectsCrash_EachCountsAsAFailure()
    {
        _tree.TestProject("A.Tests", code: 1);
        _tree.TestProject("B.Tests", code: 134, passed: 30);
        _tree.TestProject("C.Tests", code: 1, passed: 2, failed: 2);

        await ShouldEndWithAsync("32 passed, 4 failed", code: 1);
    }

    [Test]
    public async Task Test_AProjectDoesNotEnd_IsEndedAndCountsAsAFailure()
    {
        _tree.TestProjectThatHangs("A.Tests");
        _tree.TestProject("B.Tests", code: 0, passed: 30);

        await ShouldEndWithAsync("30 passed, 1 failed", code: 1, "SDKCHAT_TEST_LIMIT=2s ");
    }

    [Test]
    public async Task Test_Quick_LeavesOutWhatWaitsAndKeepsAFilterOfTheCallers()
    {
        foreach (var name in new[]
        {
            "SdkChat.Api.Tests", "SdkChat.Domain.Tests", "SdkChat.EndToEnd.Tests", "SdkChat.Browser.Tests", "SdkChat.Proxies.Tests",
            "SdkChat.Client.Tests",
        })
            _tree.TestProject(name, code: 0, passed: 1);

        var outcome = await _tree.RunAsync("'" + _tree.Root + "/sdkchat' test --quick --filter 'Name~History' --blame");

        outcome.Output.TrimEnd('\n').Split('\n')[^1].Should().Be("2 passed, 0 failed");
        _tree.TestCalls.Should().HaveCount(2).And.OnlyContain(call => QuickCall().IsMatch(call));
    }

    /// <summary>A class that was renamed would run again without a word.</summary>
    [Test]
    public void Quick_ClassesThatItLeavesOut_AreThere()
    {
        var tests = Path.Combine(SdkChatProgram.Repository, "tests");
        var names = LeftOut().Match(File.ReadAllText(Path.Combine(tests, "run"))).Groups[1]
            .Value.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

        names.Should().NotBeEmpty()
            .And.OnlyContain(name => Directory.EnumerateFiles(tests, name.Split('.')[0] + ".cs", SearchOption.AllDirectories).Any());
    }

    [Test]
    public async Task Test_ProjectsWithoutAFilter_GetWhatFollowsAsItIs()
    {
        _tree.TestProject("A.Tests", code: 0, passed: 1);

        await _tree.RunAsync("'" + _tree.Root + "/sdkchat' test --filter 'Name~two words'");

        _tree.TestCalls.Should().ContainSingle().Which.Should().EndWith("--filter Name~two words");
    }

    [Test]
    public async Task Test_ProjectOfTwoParts_RunsEachTestInOneOfThem()
    {
        _tree.TestProject("SdkChat.Api.Tests", code: 0, passed: 1);

        await _tree.RunAsync("'" + _tree.Root + "/sdkchat' test");

        var filters = _tree.TestCalls.Select(call => call.Split(" --filter ")[1]).Order(StringComparer.Ordinal).ToArray();
        filters.Should().HaveCount(2);
        filters[0].Trim('(', ')').Replace("~", "!~").Replace('|', '&').Should().Be(filters[1]);
        Namespace().Matches(filters[1]).Should().NotBeEmpty()
            .And.OnlyContain(
                match => Directory.Exists(Path.Combine(SdkChatProgram.Repository, "tests/SdkChat.Api.Tests", match.Groups[1].Value)));
    }

    [Test]
    public async Task Test_Only_RunsThatProject()
    {
        _tree.TestProject("SdkChat.A.Tests", code: 0, passed: 1);
        _tree.TestProject("SdkChat.B.Tests", code: 0, passed: 2);

        (await _tree.RunAsync("'" + _tree.Root + "/sdkchat' test --only B")).Output.Should().EndWith("\n2 passed, 0 failed\n");
        (await _tree.RunAsync("'" + _tree.Root + "/sdkchat' test --only C"))
            .Should().Match<Finished>(finished => finished.Code == 2 && finished.Error.Contains("--only"));
        _tree.TestCalls.Should().ContainSingle();
    }

    [Test]
    public async Task Test_Repeat_PrintsEachRunWithWhatFailedInIt()
    {
        _tree.TestProject("A.Tests", code: 1, passed: 12, failed: 1);
        _tree.TestProject("B.Tests", code: 0, passed: 30);

        var outcome = await _tree.RunAsync($"TMPDIR='{_tree.Root}' '{_tree.Root}/sdkchat' test --repeat 2");

        outcome.Output.Should().MatchRegex(
            @"(?m)^ +1 +\d+  42 passed, 1 failed\n +failed: A\.Tests\.Failing1\n +2 +\d+  42 passed, 1 failed\n +failed: "
                + @"A\.Tests\.Failing1$",
            outcome.Error);
        outcome.Output.Should().MatchRegex(@"(?m)^ +\d+ +\d+  A\.Tests$").And.EndWith("\n2 runs, 2 failed\n");
        outcome.Code.Should().Be(1);
        _tree.TestCalls.Should().HaveCount(4);
    }

    [Test]
    public async Task Test_RepeatWithoutANumber_IsRefused() =>
        (await _tree.RunAsync("'" + _tree.Root + "/sdkchat' test --repeat soon"))
            .Should().Match<Finished>(finished => finished.Code == 2 && finished.Error.Contains("--repeat"));

    [Test]
    public async Task Test_NothingRan_Fails()
    {
        _tree.TestProject("A.Tests", code: 0);

        await ShouldEndWithAsync("0 passed, 0 failed", code: 1);
    }

    [Test]
    public async Task Test_BuildFails_StillEndsWithTheLine()
    {
        _tree.TestProject("A.Tests", code: 0, passed: 1);
        _tree.BreakTheBuild();

        await ShouldEndWithAsync("0 passed, 1 failed", code: 1);
    }

    private Task<Finished> VersionAsync() => _tree.RunAsync("'" + _tree.Root + "/sdkchat' version");

    /// <summary>By the name that continuous integration uses.</summary>
    private async Task ShouldEndWithAsync(string line, int code, string settings = "")
    {
        var outcome = await _tree.RunAsync(settings + "'" + _tree.Root + "/.ci/run'");

        outcome.Output.TrimEnd('\n').Split('\n')[^1].Should().Be(line);
        outcome.Code.Should().Be(code, outcome.Error);
    }

    [GeneratedRegex(@"--filter (FullyQualifiedName!~\.[\w.]+&)+\(Name~History\) --blame$")]
    private static partial Regex QuickCall();

    [GeneratedRegex(@"\.Tests\.(\w+)\.")]
    private static partial Regex Namespace();

    [GeneratedRegex("not_quick_classes='([^']*)'")]
    private static partial Regex LeftOut();
}
