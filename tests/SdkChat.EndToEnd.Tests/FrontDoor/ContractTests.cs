using System.Diagnostics;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary><c>contract</c> against a running <c>up</c>: it makes everything that rules need by itself, and tidies up.</summary>
public sealed class ContractTests
{
    private Instance _instance = null!;
    private SdkChatProgram _program = null!;
    private Uri _address = null!;

    [OneTimeSetUp]
    public async Task UpAsync()
    {
        _instance = await Instance.PreparedAsync();
        (_program, _address) = await _instance.UpAsync(demo: true);
    }

    [OneTimeTearDown]
    public async Task DownAsync()
    {
        await _program.DisposeAsync();
        await _instance.DisposeAsync();
    }

    [Test]
    public async Task Contract_OfARunningUp_MakesItsOwnTenantsAndDisablesThem()
    {
        var finished = await RunAsync(
            "--allow-writes", "--only", "1.own-host", "1.roles-claim", "1.disabled-in-5-s", "1.revoked-in-5-s", "1.cors-allowed",
            "4.across-tenants", "6.isolation", "5.demo-items");

        finished.Output.Should().Contain("8 kept, 0 broken, 0 skipped", finished.Error);
        finished.Code.Should().Be(0);
        var tenants = (await _instance.RunAsync("tenant", "list")).Output.Split('\n')
            .Where(line => line.Contains("contract-", StringComparison.Ordinal)).ToArray();
        tenants.Should().HaveCount(3).And.OnlyContain(line => line.Contains("disabled"));
    }

    [Test]
    public async Task Contract_OfARunningUpWithoutLeaveToWrite_ReadsTheDemo()
    {
        var finished = await RunAsync("--fast", "--only", "2", "3");

        finished.Output.Should().Contain(" 0 broken, ").And.Contain("✓ 2.cursor-walk").And.Contain("needs leave to write: --allow-writes");
        finished.Code.Should().Be(0, finished.Output);
    }

    private async Task<Finished> RunAsync(params string[] arguments)
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(SdkChatProgram.Dll)!)!);
        var suite = Path.Combine(
            SdkChatProgram.Repository, "tests", "SdkChat.Contract", "bin", configuration, "net10.0", "SdkChat.Contract.dll");
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, [suite, "--base-url", _address.ToString(), "--data", _instance.Folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["SDKCHAT_OPERATOR"], start.Environment["ASPNETCORE_ENVIRONMENT"]) = (
            $"'{dotnet}' '{SdkChatProgram.Dll}'", "Development");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Finished(process.ExitCode, output, await error);
    }
}
