using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>The commands of docs/operations in the order in which an operator needs them, against one database.</summary>
public sealed partial class OperationsSnippetTests
{
    private const string Deploy = "docs/operations/deploy.md", Rotate = "docs/operations/rotate-keys.md";

    private ProductionShell _shell = null!;
    private string _key = "";

    private static string Migrate => Snippets.Block(Deploy, "sh", "migrate");

    /// <summary>What the blocks without settings of their own need.</summary>
    private static string Settings =>
        string.Concat(Migrate.Split('\n').Where(line => line.StartsWith("export", StringComparison.Ordinal)).Select(line => line + "\n"));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (Programs.Find("psql") is null)
            Assert.Ignore("psql is not installed.");
        _shell = await ProductionShell.CreateAsync();
    }

    [OneTimeTearDown]
    public void Stop() => _shell?.Dispose();

    [Test, Order(0)]
    public async Task Deploy_Migrate_MakesTheSchemaAndGrants() => Output(await _shell.RunAsync(Migrate)).Should().StartWith("Applied ");

    [Test, Order(1)]
    public async Task Deploy_FirstTenant_GetsAKey()
    {
        var output = Output(await _shell.RunAsync(Settings + Snippets.Block(Deploy, "sh", "tenant add")));

        output.Should().MatchRegex(@"\AAdded tenant 'acme', id \S+\n?(.*\n)*osk_acme_\w{32}\n\z");
        _key = Key().Match(output).Value;
    }

    /// <summary>The key of the page is the one that the tenant has had so far.</summary>
    [Test, Order(2)]
    public async Task Rotate_SdkKey_LeavesTheNewOneOnly()
    {
        var block = Snippets.Block(Rotate, "sh", "apikey revoke");

        var output = Output(await _shell.RunAsync(Settings + block.Replace("osk_acme_4fGh2kLm", _key, StringComparison.Ordinal)));

        output.Should().Contain("Revoked at ");
        var keys = Output(await _shell.RunAsync($"{Settings}dotnet SdkChat.Api.dll apikey list --tenant acme"));
        keys.Should().MatchRegex($@"{_key}  revoked ").And.MatchRegex("osk_acme_\\w+  active ");
    }

    /// <summary>On a port of its own, and for this machine alone.</summary>
    [Test, Order(3)]
    public async Task Configure_MinimalConfiguration_IsEnoughToBeReady()
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Programs.FreePort()}");
        var block = Snippets.Block("docs/operations/configure.md", "sh", "up --urls")
            .Replace("http://0.0.0.0:8080", address, StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
        using var client = new HttpClient();

        await _shell.RunUntilAsync(
            block + "\n", async () => await StatusAsync(client, new Uri(address + "/health/ready")) == HttpStatusCode.OK);
    }

    /// <summary>The steps of "Database passwords".</summary>
    [Test, Order(4)]
    public async Task Rotate_DatabaseRole_ServesAsTheSecondAndDropsTheFirst()
    {
        Output(
            await _shell.SqlAsync(
                "create role sdkchat_service_b login password 'of-the-service'; grant connect on database sdkchat to sdkchat_service_b;"));
        var second = Migrate.Replace("Username=sdkchat_service;", "Username=sdkchat_service_b;", StringComparison.Ordinal);
        Output(await _shell.RunAsync(second)).Should().Contain("up to date");
        Output(await _shell.SqlAsync(Drop().Match(File.ReadAllText(Path.Combine(SdkChatProgram.Repository, Rotate))).Groups[1].Value));

        Output(await _shell.RunAsync($"{second}dotnet SdkChat.Api.dll tenant list")).Should().Contain("acme");
    }

    private static async Task<HttpStatusCode?> StatusAsync(HttpClient client, Uri address)
    {
        try
        {
            using var response = await client.GetAsync(address);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return null;
        }
    }

    private static string Output(Finished finished)
    {
        finished.Code.Should().Be(0, finished.Error);
        return finished.Output;
    }

    [GeneratedRegex(@"osk_acme_\w{8}")]
    private static partial Regex Key();

    [GeneratedRegex("`(drop owned [^`]+)`")]
    private static partial Regex Drop();
}
