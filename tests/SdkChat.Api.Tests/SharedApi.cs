using Microsoft.Extensions.DependencyInjection;
using SdkChat.Api.Tests.Support;
using SdkChat.Application.Tenants;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests;

/// <summary>
/// One service on one database for the tests that only ask: tenants <c>demo</c>, <c>acme</c> and the disabled <c>closed</c>,
/// one chat of each of the first two, and for each JWT scheme a secret and a published key.
/// </summary>
[SetUpFixture]
public sealed class SharedApi
{
    internal static readonly PublishedKey TenantKey = PublishedKey.Rsa("tenant-key");
    internal static readonly PublishedKey BackofficeKey = PublishedKey.Rsa("backoffice-key");

    private static readonly string Folder = Directory.CreateTempSubdirectory("sdkchat-api-tests").FullName;

    private static TestDatabase _database = null!;

    public static TestApi Api { get; private set; } = null!;

    /// <summary>The same, with every stream going through the web server.</summary>
    public static TestApi OrdinaryApi { get; private set; } = null!;

    public static string ConnectionString => _database.ConnectionString;

    public static Guid Demo { get; private set; }

    public static Guid Acme { get; private set; }

    public static Guid Closed { get; private set; }

    public static Guid DemoChat { get; private set; }

    internal static Dictionary<string, string?> Settings { get; } = new()
    {
        ["Authentication:Tenant:JwksFile"] = Path.Combine(Folder, "tenant.json"),
        ["Authentication:Backoffice:JwksFile"] = Path.Combine(Folder, "backoffice.json"),
        ["Cors:AllowedOrigins:0"] = "https://dashboard.example.com",
        ["Cors:AllowedOrigins:1"] = "http://localhost:3000",
    };

    internal static void AddProbes(IServiceCollection services)
    {
        services.AddControllers().AddApplicationPart(typeof(SharedApi).Assembly);
        services.AddSingleton<IApiKeyCache>(_ => new ProbeKeys(Demo, Closed));
    }

    internal static void WriteKeys()
    {
        File.WriteAllText(Path.Combine(Folder, "tenant.json"), PublishedKey.Document(TenantKey));
        File.WriteAllText(Path.Combine(Folder, "backoffice.json"), PublishedKey.Document(BackofficeKey));
    }

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var rows = new Rows(_database.ConnectionString);
        Demo = await rows.TenantAsync("demo");
        Acme = await rows.TenantAsync("acme");
        Closed = await rows.TenantAsync("closed", enabled: false);
        DemoChat = await rows.ChatAsync(Demo, await rows.ProfileAsync(Demo), status: "completed");
        await rows.ChatAsync(Acme, await rows.ProfileAsync(Acme));

        WriteKeys();
        Api = await TestApi.StartAsync(_database.ConnectionString, Settings, AddProbes);
        OrdinaryApi = await TestApi.StartAsync(
            _database.ConnectionString, new Dictionary<string, string?>(Settings) { ["Live:DirectOutput"] = "false" }, AddProbes);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Api.DisposeAsync();
        await OrdinaryApi.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
