using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Npgsql;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.Release;

/// <summary>
/// What <c>dotnet publish</c> makes, as a container would run it: in Production, as nobody, without capabilities, with every file
/// system read-only, from a folder that has nothing else.
/// </summary>
public sealed class PublishedTests
{
    private const string Nobody = "65534";

    private readonly string _folder = Directory.CreateTempSubdirectory("sdkchat-release-").FullName;

    private TestDatabase _database = null!;
    private FrozenProxy _proxy = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (Environment.UserName != "root" || Programs.Find("unshare") is null || Programs.Find("setpriv") is null)
            Assert.Ignore("Taking the file system and the rights away takes root, unshare and setpriv.");

        File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        _database = await TestDatabase.CreateAsync();
        var settings = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        // The server's socket is for its own account alone.
        _proxy = new FrozenProxy(settings.Host!, 5432);
    }

    [OneTimeTearDown]
    public async Task RemoveAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
            await _database.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Service_AsNobodyOnAReadOnlyFileSystem_IsReadyAndServes()
    {
        var tenant = await new Rows(_database.ConnectionString).TenantAsync("demo");
        var address = new Uri($"http://127.0.0.1:{Programs.FreePort()}");
        using var service = Start(address);
        try
        {
            using var client = new HttpClient { BaseAddress = address };
            await Eventually.TrueAsync(() => IsReadyAsync(client, service));

            var status = await File.ReadAllTextAsync($"/proc/{service.Id}/status");
            status.Should().Contain($"Uid:\t{Nobody}\t{Nobody}\t{Nobody}\t{Nobody}\n").And.Contain("CapEff:\t0000000000000000\n")
                .And.Contain("NoNewPrivs:\t1\n");
            (await File.ReadAllTextAsync($"/proc/{service.Id}/mounts")).Should().MatchRegex(@"(?m)^\S+ / \S+ ro[, ]");
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sdk-chat");
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer", TestTokens.Hs256(TestTokens.TenantClaims(tenant, TimeProvider.System.GetUtcNow()), TestTokens.TenantSecret));
            using var response = await client.SendAsync(request);
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            (await response.Content.ReadAsStringAsync())
                .Should().Be("""{"success":true,"data":{"items":[],"total":0,"page":0,"size":20}}""");
        }
        finally
        {
            using var told = Process.Start("kill", ["-TERM", service.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await service.WaitForExitAsync();
        }

        service.ExitCode.Should().Be(0, "it stopped in good order");
        (await service.StandardError.ReadToEndAsync()).Should().BeEmpty();
    }

    /// <summary>
    /// The mounts are the new namespace's own: nobody else sees them read-only. What is mounted apart is made read-only too.
    /// </summary>
    private Process Start(Uri address)
    {
        var empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        const string TakeAway =
            """
            for at in $(cut -d' ' -f2 /proc/self/mounts); do mount -o remount,bind,ro "$at" 2>/dev/null; done
            cd "$0" && exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
            """;
        var start = new ProcessStartInfo(
            Programs.Find("unshare")!,
            ["--mount", "--propagation", "private", "sh", "-c", TakeAway, empty, DotNet(), Publication.Program, "up"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        var connection = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Host = "127.0.0.1", Port = _proxy.Port };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["PATH"] = "/usr/bin:/bin",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["DOTNET_EnableDiagnostics"] = "0",
            ["ConnectionStrings__SdkChat"] = connection.ConnectionString,
            ["Pipeline__BaseUrl"] = "http://127.0.0.1:9/",
            ["Authentication__Tenant__Secrets__0"] = TestTokens.TenantSecret,
            ["Authentication__Backoffice__Secrets__0"] = TestTokens.BackofficeSecret,
            ["Live__DrainSeconds"] = "0",
        })
            start.Environment[name] = value;
        var service = Process.Start(start)!;
        // Its log, which nobody reads, must not fill the pipe.
        service.OutputDataReceived += (_, _) => { };
        service.BeginOutputReadLine();
        return service;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, Process service)
    {
        if (service.HasExited)
            throw new InvalidOperationException($"It ended: {await service.StandardError.ReadToEndAsync()}");
        try
        {
            using var response = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Itself, not a link to it that the environment's own rules may forbid to follow.</summary>
    private static string DotNet()
    {
        var found = Programs.Find("dotnet")!;
        return new FileInfo(found).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? found;
    }
}
