using System.Diagnostics;

namespace SdkChat.Contract.Tests;

/// <summary><c>mutants</c> as a program, with another team's tests of one line each.</summary>
public sealed class MutantsCommandTests
{
    /// <summary>Looks at the size of a list alone.</summary>
    private const string Weak =
        """curl -sf "$BASE_URL/api/v1/sdk-chat?size=101" -H "Authorization: Bearer $TENANT_TOKEN" | grep -q '"size":100[,}]'""";

    [Test]
    public async Task Mutants_OfAWeakCommand_PrintsWhatItDidNotNotice()
    {
        var (code, output, error) = await RunAsync(Weak, "--only", "2.size-capped", "2.vary", "3.isolation");

        code.Should().Be(1, error + output);
        output.Should().MatchRegex(@"(?m)^✓ noticed      2\.size-capped +the service does not cap size \(\d+ s\)$");
        output.Should().MatchRegex(@"(?m)^✗ NOT NOTICED  2\.vary +the service does not vary by credential \(\d+ s\)$");
        output.Should().MatchRegex(@"\d+ noticed, \d+ not noticed, \d+ skipped\n$");
        output.Should().NotContain(TestStand.Means.Tenant!.Value);
    }

    [Test]
    public async Task Mutants_OfACommandThatNoticesAll_EndsWithZero()
    {
        var (code, output, error) = await RunAsync(Weak, "--only", "2.size-capped");

        code.Should().Be(0, error + output);
        output.Should().Contain(", 0 not noticed, 0 skipped");
    }

    [TestCase("echo it is broken; exit 3", "10m", "sdkchat: the command ends with 3 where no promise is broken: it is broken\n")]
    [TestCase("exec sleep 600", "1s", "sdkchat: the command does not end where no promise is broken: \n")]
    [TestCase("true", "soon", "sdkchat: --timeout 'soon' is no time such as 60s or 5m\n")]
    public async Task Mutants_CommandFailsWithoutAFault_SaysSoAndEndsWithTwo(string command, string timeout, string expected)
    {
        var (code, output, error) = await RunAsync(command, "--only", "2.vary", "--timeout", timeout);

        (code, output, error).Should().Be((2, "", expected));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string command, params string[] arguments)
    {
        if (TestSupport.Programs.Find("curl") is null)
            Assert.Ignore("curl is not installed.");
        var program = Path.Combine(AppContext.BaseDirectory, "SdkChat.Contract.dll");
        using var process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                program, "mutants", "--run", command, "--base-url", TestStand.Api.BaseAddress.ToString(), "--tenant-token",
                TestStand.Means.Tenant!.Value, .. arguments,
            ])
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
