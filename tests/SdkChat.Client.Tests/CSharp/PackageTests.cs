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

    [TestCase(0, "Readme")]
    [TestCase(1, "ReadmeFailures")]
    public async Task Readme_TenLines_AreTheProgramThatIsTested(int block, string program)
    {
        var code = Code().Matches(await File.ReadAllTextAsync(Path.Combine(Folder, "SdkChat.Client/README.md")))[block].Groups[1].Value;

        code.Should().Be(await File.ReadAllTextAsync(Path.Combine(Folder, program, "Program.cs")));
        code.Split('\n').Where(line => line.Length > 0).Should().HaveCountLessThanOrEqualTo(10);
    }

    [Test]
    public async Task Readme_TenLines_Work()
    {
        await using var shop = await Shop.OpenAsync();
        using var patience = new CancellationTokenSource(Deadlines.Program);
        using var process = Start("Readme", shop);
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

    /// <summary>One of today's as well, which is yesterday's if midnight passes meanwhile.</summary>
    [Test]
    public async Task Readme_YesterdaysFailures_AreListed()
    {
        await using var shop = await Shop.OpenAsync();
        var noon = new DateTimeOffset(DateTime.UtcNow.Date.AddHours(12), TimeSpan.Zero);
        foreach (var day in new[] { -2, -1, 0 })
            await shop.Rows.ChatAsync(shop.Tenant, shop.Profile, noon.AddDays(day), "error");
        await shop.Rows.ChatAsync(shop.Tenant, shop.Profile, noon.AddDays(-1), "ended");
        using var patience = new CancellationTokenSource(Deadlines.Program);

        using var process = Start("ReadmeFailures", shop);

        (await process.StandardOutput.ReadToEndAsync(patience.Token))
            .Should().Be("1 failed\nKim Minji: Dinner ideas? The pipeline failed.\n");
        await process.WaitForExitAsync(patience.Token);
    }

    private static Process Start(string name, Shop shop)
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!);
        var program = Path.Combine(Folder, name, "bin", configuration, $"net10.0/SdkChat.Client.{name}.dll");
        return Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [program, shop.Address.AbsoluteUri, shop.Token]) { RedirectStandardOutput = true })!;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
