using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SdkChat.Browser.Tests.Support;
using SdkChat.Development.SignIn;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>
/// What all tests share: one browser, one service on one database, and a pipeline of another team. Nothing is started where there is no
/// browser.
/// </summary>
[SetUpFixture]
public sealed class Stage
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("sdkchat-console-").FullName;

    private static int _tenants;
    private static Chromium? _chromium;
    private static TestDatabase? _database;

    public static IBrowser Browser => _chromium!.Browser;

    internal static Chromium Chromium => _chromium!;

    public static string ConnectionString => _database!.ConnectionString;

    public static TestApi Api { get; private set; } = null!;

    public static TestPipeline Pipeline { get; private set; } = null!;

    internal static SignInLinks Links { get; } = new(Folder, TimeProvider.System);

    /// <summary>A browser that is slow today shall not lose its stream.</summary>
    public static Dictionary<string, string?> Settings => new()
    {
        ["Pipeline:BaseUrl"] = Pipeline.BaseUrl,
        ["Live:RetryMilliseconds"] = "200",
        ["Live:QueueEvents"] = "50000",
        ["Live:QueueBytes"] = "100000000",
        // Set by who works on the page, as for the service itself.
        ["Console:Folder"] = Environment.GetEnvironmentVariable("Console__Folder"),
    };

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        if (Support.Chromium.Path is null)
            return;

        var chromium = Support.Chromium.StartAsync();
        _database = await TestDatabase.CreateAsync();
        Pipeline = await TestPipeline.StartAsync();
        Api = await TestApi.StartAsync(
            ConnectionString,
            Settings,
            // A page asks for a hundred files, and each request would log a dozen lines.
            services => services.AddSingleton(Links).AddLogging(log => log.AddFilter("Microsoft", LogLevel.Warning)));
        _chromium = await chromium;
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
            await Api.DisposeAsync();
            await Pipeline.DisposeAsync();
            await _database!.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A new tenant, for one test.</summary>
    public static async Task<(Guid Id, string Code)> AddTenantAsync()
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"shop{Interlocked.Increment(ref _tenants)}");
        return (await new Rows(ConnectionString).TenantAsync(code), code);
    }
}
