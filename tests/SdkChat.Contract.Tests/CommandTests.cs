using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;
using SdkChat.Contract.Mutants;

namespace SdkChat.Contract.Tests;

/// <summary>The suite as a program: what it prints, what it writes, and how it ends.</summary>
public sealed class CommandTests
{
    private string _folder = null!;

    [OneTimeSetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("sdkchat-contract-").FullName;

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Contract_OverTheCommandLine_ReportsAndEndsWithZero()
    {
        var (junit, json) = (Path.Combine(_folder, "kept.xml"), Path.Combine(_folder, "kept.json"));
        var (code, output, error) = await RunAsync(
            TestStand.Api.BaseAddress,
            ["--allow-writes", "--fast", "--only", "2", "5.kickoff", "6.ping", "--junit", junit, "--json", json]);

        code.Should().Be(0, error + output);
        output.Should().Contain("\n  ✓ 2.size-capped ").And.Contain("✓ 5.kickoff ").And.Contain("– 6.ping ")
            .And.Contain("skipped: it takes long: --fast");
        output.Should().MatchRegex(@"\d+ kept, 0 broken, 1 skipped at http://127\.0\.0\.1:\d+/ in \d+ s\.");
        var suites = XDocument.Load(junit).Root!;
        suites.Attribute("failures")!.Value.Should().Be("0");
        suites.Elements("testsuite").Select(suite => suite.Attribute("name")!.Value).Should().Equal("Section 2", "Section 5", "Section 6");
        suites.Descendants("testcase").Should().HaveCount((int)suites.Attribute("tests")!);
        suites.Descendants("skipped").Should().ContainSingle();
        var report = JsonDocument.Parse(await File.ReadAllTextAsync(json)).RootElement;
        report.GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("id").GetString() == "5.kickoff")
            .GetProperty("verdict").GetString().Should().Be("kept");
    }

    [Test]
    public async Task Contract_BrokenService_SaysWhatCameAndHowToSeeItAndEndsWithOne()
    {
        await using var proxy = await MutatingProxy.StartAsync(
            TestStand.Api.BaseAddress, Mutant.All.Single(mutant => mutant.Name == "does not cap size"));
        var junit = Path.Combine(_folder, "broken.xml");

        var (code, output, error) = await RunAsync(
            proxy.Address, ["--only", "2.size-capped", "2.success", "--junit", junit, "--allow-writes"]);

        code.Should().Be(1, error);
        output.Should().ContainAll("✗ 2.size-capped", "expected  \"size\": 100", "came      \"size\": 101", "1 kept, 1 broken, 0 skipped");
        output.Should().Contain($"try       curl -i '{proxy.Address}api/v1/sdk-chat?size=101' -H \"Authorization: Bearer $TENANT_TOKEN\"");
        output.Should().NotContain(TestStand.Means.Tenant!.Value);
        XDocument.Load(junit).Descendants("failure").Single().Value.Should().Contain("came \"size\": 101");
    }

    [Test]
    public async Task Contract_Fuzz_ReportsSeedAndStatuses()
    {
        var (code, output, error) = await StartAsync(
            ["--base-url", TestStand.Api.BaseAddress.ToString(), "--api-key", TestStand.Means.Key!.Value, "--fuzz", "1s", "--seed", "7"]);

        code.Should().Be(0, error + output);
        output.Should().MatchRegex(
            @"(?s)\d+ operations not called: needs --tenant-token\n.*\d+ requests, 0 findings, seed 7\. Statuses: 200: \d+");
    }

    [TestCase("--fuzz soon", "*--fuzz 'soon' is no time such as 60s or 5m*")]
    [TestCase("--frob", "*--frob*")]
    [TestCase("--only 2.nothing", "*no section or rule '2.nothing'*")]
    [TestCase("--base-url nonsense --tenant-token x", "*'nonsense' is no base URL*")]
    [TestCase("--tenant-token x --tenant-secret y", "*TENANT_TOKEN is no JWT*")]
    [TestCase("--base-url http://127.0.0.1:1 --tenant-token x", "*nothing answers at http://127.0.0.1:1/*")]
    public async Task Contract_NotUnderstoodOrNobodyThere_SaysSoInOneLineAndEndsWithTwo(string arguments, string wildcard)
    {
        var (code, output, error) = await StartAsync(arguments.Split(' '));

        error.TrimEnd('\n').Should().Match($"sdkchat: {wildcard}").And.NotContain("\n");
        (code, output).Should().Be((2, ""));
    }

    [Test]
    public async Task Contract_List_NamesEveryRule()
    {
        var (code, output, _) = await StartAsync(["--list"]);

        code.Should().Be(0);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(Engine.Rule.All.Count);
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(Uri service, string[] arguments) => StartAsync(
    [
        "--base-url", service.ToString(), "--tenant-token", TestStand.Means.Tenant!.Value, "--admin-token", TestStand.Means.Admin!.Value,
        "--api-key", TestStand.Means.Key!.Value, .. arguments,
    ]);

    private static async Task<(int Code, string Output, string Error)> StartAsync(string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "SdkChat.Contract.dll");
        using var process = Process.Start(
            new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
