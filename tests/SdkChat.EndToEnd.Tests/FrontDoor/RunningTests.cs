using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>What can be done while <c>up</c> runs, on one that all these tests share.</summary>
public sealed partial class RunningTests
{
    private readonly Instance _instance = new();
    private SdkChatProgram _up = null!;
    private HttpClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        (_up, var address) = await _instance.UpAsync();
        _client = new HttpClient { BaseAddress = address };
        await new Rows(_instance.ConnectionString).TenantAsync("bazaar");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client?.Dispose();
        if (_up is not null)
            await _up.DisposeAsync();
        await _instance.DisposeAsync();
    }

    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    [TestCase("/docs")]
    public async Task Up_Running_ServesWhatItPrinted(string path)
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Up_Running_PrintsHowToGetTokensAndNone()
    {
        var command = (await _up.LineAsync("Backoffice token")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[2..];
        await _up.LineAsync("Ctrl-C");

        command.Should().Equal("./sdkchat", "token", "backoffice", "--data", $"'{_instance.Folder}'");
        _up.Lines("eyJ").Should().BeEmpty("a token is longer than all other lines");
    }

    [Test]
    public async Task Up_Running_PrintsASignInLinkThatWorksOnce()
    {
        var link = Link(await _up.LineAsync("  backoffice "));

        (await FollowAsync(link)).Should().Be((HttpStatusCode.Redirect, "/console/admin"));
        (await FollowAsync(link)).Should().Be((HttpStatusCode.NotFound, null));
    }

    [Test]
    public async Task SignIn_WhileUpRuns_PrintsNewLinksToIt()
    {
        var outcome = await _instance.RunAsync("sign-in", "--tenant", "bazaar");

        outcome.Code.Should().Be(0, outcome.Error);
        var lines = outcome.Output.Split('\n');
        (await FollowAsync(Link(lines.Single(line => line.StartsWith("  tenant bazaar ", StringComparison.Ordinal)))))
            .Should().Be((HttpStatusCode.Redirect, "/console"));
        (await FollowAsync(Link(lines.Single(line => line.StartsWith("  backoffice ", StringComparison.Ordinal)))))
            .Should().Be((HttpStatusCode.Redirect, "/console/admin"));
    }

    [Test]
    public async Task SignIn_InProduction_IsRefusedInOneLine()
    {
        var outcome = await SdkChatProgram.RunAsync(["sign-in", "--data", _instance.Folder], ("ASPNETCORE_ENVIRONMENT", "Production"));

        outcome.ShouldFailInOneLine(1, "*Development alone*");
    }

    [Test]
    public async Task Up_Running_KeepsItsSecretsToItsOwner()
    {
        await _up.LineAsync("Ctrl-C");

        foreach (var file in new[] { "development-keys.json", "postgres-password", "connection-string" })
            File.GetUnixFileMode(Path.Combine(_instance.Folder, file)).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [Test]
    public void Up_Running_WritesNothingIntoTheHomeOfWhoeverStartedIt() =>
        Directory.EnumerateFileSystemEntries(_instance.PersonsHome).Should().BeEmpty();

    [Test]
    public async Task Up_Running_ItsServerIsNotRootAndListensOnNoPort()
    {
        var user = File.ReadLines($"/proc/{_instance.Server}/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal))
            .Split('\t')[1];
        var addresses = await new Rows(_instance.ConnectionString).ScalarAsync<string>("show listen_addresses");

        user.Should().NotBe("0");
        addresses.Should().BeEmpty();
    }

    [Test]
    public async Task Up_SameFolder_IsRefusedInOneLine()
    {
        var second = await _instance.RunAsync("up", "--urls", "http://127.0.0.1:0");

        second.ShouldFailInOneLine(1, "*is in use*--data*");
    }

    [Test]
    public async Task Up_AddressInUse_IsRefusedInOneLineAndLeavesNothingRunning()
    {
        await using var other = await Instance.PreparedAsync();

        var second = await other.RunAsync("up", "--no-demo", "--urls", _client.BaseAddress!.ToString());

        // What it logged before it got that far is no part of the answer.
        (second with { Output = "" }).ShouldFailInOneLine(1, "Cannot listen*--urls*");
        other.Server.Should().BeNull();
    }

    [Test]
    public async Task Token_Tenant_IsOneTokenThatTheRunningServiceAccepts()
    {
        var token = await TokenAsync("token", "tenant", "--tenant", "bazaar");

        (await StatusAsync("/api/v1/sdk-chat", token)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync("/api/v1/admin/sdk-chat", token)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Token_RoleAndLifetime_AreInTheToken()
    {
        var token = await TokenAsync("token", "tenant", "--tenant", "bazaar", "--role", "viewer", "--ttl", "60");

        var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;
        claims.GetProperty("role").GetString().Should().Be("viewer");
        claims.GetProperty("tenant_code").GetString().Should().Be("bazaar");
        (claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()).Should().Be(60);
        claims.EnumerateObject().Select(claim => claim.Name).Should().Contain(["iss", "aud", "sub", "tenant_id", "nbf", "jti"]);
        (await StatusAsync("/api/v1/sdk-chat", token)).Should().Be(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Token_Backoffice_IsOneTokenThatTheRunningServiceAccepts()
    {
        var token = await TokenAsync("token", "backoffice");

        (await StatusAsync("/api/v1/admin/sdk-chat", token)).Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Token_UnknownTenant_IsRefusedInOneLine()
    {
        var outcome = await _instance.RunAsync("token", "tenant", "--tenant", "nobody");

        outcome.ShouldFailInOneLine(1, "*no tenant 'nobody'*");
    }

    [Test]
    public async Task Migrate_WhileUpRuns_HasNothingToDo()
    {
        var outcome = await _instance.RunAsync("migrate");

        outcome.Should().Be(new Finished(0, "The schema is up to date.\n", ""));
    }

    private async Task<string> TokenAsync(params string[] verb)
    {
        var outcome = await _instance.RunAsync(verb);
        outcome.Should().Match<Finished>(finished => finished.Code == 0 && finished.Error.Length == 0);
        outcome.Output.Should().MatchRegex(Jwt()).And.EndWith("\n");
        return outcome.Output.TrimEnd('\n');
    }

    private Uri Link(string line)
    {
        var link = new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]);
        link.Authority.Should().Be(_client.BaseAddress!.Authority);
        return link;
    }

    private static async Task<(HttpStatusCode, string?)> FollowAsync(Uri link)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var response = await client.GetAsync(link);
        response.Headers.Contains("Set-Cookie").Should().Be(response.StatusCode == HttpStatusCode.Redirect);
        return (response.StatusCode, response.Headers.Location?.ToString());
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        using var response = await _client.SendAsync(request);
        return response.StatusCode;
    }

    [GeneratedRegex(@"\A[\w-]+\.[\w-]+\.[\w-]+\n?\z")]
    private static partial Regex Jwt();
}
