using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SdkChat.Api.Tests.Support;
using SdkChat.Application.Tenants;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Health;

/// <summary>The database reads and cannot write: the poll that says whether it is away sees nothing of it.</summary>
public sealed partial class FullDiskTests
{
    private readonly int _metrics = Programs.FreePort();

    [Test]
    public async Task Writes_WhileTheDiskIsFull_Are503InLogAndMetricAndSucceedAfterwards()
    {
        if (SmallDisk.Obstacle is { } obstacle)
            Assert.Ignore(obstacle);

        var folder = Directory.CreateTempSubdirectory("sdkchat-disk-").FullName;
        using var disk = SmallDisk.Mount(folder, megabytes: 64);
        await using var postgres = await TestPostgres.StartAsync();
        await using var api = await StartAsync(postgres, disk);
        var (key, tenant) = (
            await KeyAsync(api), await new Rows(postgres.ConnectionString("shop")).ScalarAsync<Guid>("select tenant_id from tenant"));
        (await StoreAsync(api, key)).Should().Be(HttpStatusCode.OK);
        (await FailuresAsync()).Should().Be(0, "an alert sees a counter rise only from a value that was there before");

        disk.Fill();
        // What there is room for in pages that exist is still stored.
        await Eventually.TrueAsync(async () => await StoreAsync(api, key) == HttpStatusCode.ServiceUnavailable);
        using var list = await api.Client.SendAsync(Request("/api/v1/sdk-chat", token: api.TenantToken(tenant)));
        list.StatusCode.Should().Be(HttpStatusCode.OK, "it can still read");
        api.Logs.Entries.Should().Contain(entry => entry.Text.Contains("is answered 503: 53100:") && entry.Level == LogLevel.Warning);
        api.Logs.Entries.Should().Contain(entry => entry.Text.StartsWith("A database call failed (disk_full): 53100:"));
        api.Logs.Entries.Should().NotContain(entry => entry.Level >= LogLevel.Error);
        await Eventually.TrueAsync(async () => await FailuresAsync() > 0);

        disk.Free();
        (await StoreAsync(api, key)).Should().Be(HttpStatusCode.OK);
    }

    private async Task<TestApi> StartAsync(TestPostgres postgres, SmallDisk disk)
    {
        var maintenance = new Rows(postgres.ConnectionString("postgres"));
        await maintenance.ExecuteAsync($"create tablespace small location '{disk.Folder}'");
        await maintenance.ExecuteAsync($"create database shop template {TestCluster.Database} tablespace small");
        await new Rows(postgres.ConnectionString("shop")).TenantAsync("demo");
        return await TestApi.StartAsync(
            postgres.ConnectionString("shop"),
            new Dictionary<string, string?> { ["Metrics:Port"] = _metrics.ToString(CultureInfo.InvariantCulture) });
    }

    private static async Task<string> KeyAsync(TestApi api)
    {
        await using var scope = api.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CreateApiKeyCommand("demo"))).Key.Secret;
    }

    /// <summary>A document that does not shrink, so that it needs pages of its own.</summary>
    private static async Task<HttpStatusCode> StoreAsync(TestApi api, string key)
    {
        using var request = Request("/v1/profile", "POST", headers: ("X-API-KEY", key));
        request.Content = new StringContent(
            $$"""{"photo":"{{Convert.ToBase64String(RandomNumberGenerator.GetBytes(40_000))}}"}""", System.Text.Encoding.UTF8,
            "application/json");
        using var response = await api.Client.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            (await response.FailureCodeAsync()).Should().Be("UNAVAILABLE");
        return response.StatusCode;
    }

    private async Task<double> FailuresAsync()
    {
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri($"http://127.0.0.1:{_metrics}/metrics"));
        return double.Parse(DiskFull().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("""^sdkchat_database_failures_total\{[^}]*cause="disk_full"[^}]*\} (\d+)""", RegexOptions.Multiline)]
    private static partial Regex DiskFull();
}
