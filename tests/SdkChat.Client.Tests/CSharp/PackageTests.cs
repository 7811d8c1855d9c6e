using System.Diagnostics;
using System.Text.RegularExpressions;
using SdkChat.Client.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.CSharp;

/// <summary>What the package promises of itself.</summary>
public sealed partial class PackageTests
{
    private static readonly string Folder = Repository.Path("clients/csharp");

    [Test]
    public void Package_NeedsNothingButTheFramework() =>
        typeof(SdkChatClient).Assembly.GetReferencedAssemblies().Select(reference => reference.Name)
            .Should().NotBeEmpty().And.OnlyContain(name => name!.StartsWith("System."));

    [Test]
    public async Task Readme_TenLines_AreTheProgramThatIsTested()
    {
        var code = Code().Match(await File.ReadAllTextAsync(Path.Combine(Folder, "SdkChat.Client/README.md"))).Groups[1].Value;

        code.Should().Be(await File.ReadAllTextAsync(Path.Combine(Folder, "Readme/Program.cs")));
        code.Split('\n').Where(line => line.Length > 0).Should().HaveCountLessThanOrEqualTo(10);
    }

    [Test]
    public async Task Readme_TenLines_Work()
    {
        await using var shop = await Shop.OpenAsync();
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!);
        var program = Path.Combine(Folder, "Readme/bin", configuration, "net10.0/SdkChat.Client.Readme.dll");
        using var patience = new CancellationTokenSource(Deadlines.Program);
        using var process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, shop.Address.AbsoluteUri, shop.Token]) { RedirectStandardOutput = true })!;
        try
        {
            (await process.StandardOutput.ReadLineAsync(patience.Token)).Should().Be("live: 1 chats so far");
            await shop.EventAsync("chat_completed");
            (await process.StandardOutput.ReadLineAsync(patience.Token)).Should().Be("completed: Dinner ideas?");
            await shop.EventAsync("backlist_triggered", "[1,2]");
            (await process.StandardOutput.ReadLineAsync(patience.Token)).Should().Be("back list: 2 items");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
