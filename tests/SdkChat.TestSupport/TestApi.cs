using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SdkChat.Api.Hosting;
using SdkChat.Development.Hosting;
using SdkChat.TestSupport.Documents;

namespace SdkChat.TestSupport;

/// <summary>
/// The real service in this process: <see cref="ApiHost"/> on a real Kestrel and a free port of 127.0.0.1, with secrets
/// that <see cref="TestTokens"/> knows. Any number may run side by side.
/// </summary>
public sealed class TestApi : IAsyncDisposable
{
    /// <summary>The limit of most bodies, in bytes.</summary>
    private const int LargeBody = 64 * 1024;

    private readonly WebApplication _app;
    private readonly TimeProvider _clock;

    private TestApi(WebApplication app, TestLogs logs)
    {
        _app = app;
        Logs = logs;
        _clock = app.Services.GetRequiredService<TimeProvider>();
        BaseAddress = new Uri(app.Urls.First());
        Client = NewClient();
    }

    public Uri BaseAddress { get; }

    /// <summary>Sends no cookies of its own and follows no redirects.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public TestLogs Logs { get; }

    /// <param name="settings">Configuration beyond the connection string and the secrets, or instead of them; null takes one away.</param>
    /// <param name="services">Changes to the wiring; they come last, so they win. A fake <see cref="TimeProvider"/> belongs here.</param>
    /// <param name="environment">Development unless a test is about another.</param>
    /// <param name="port">0 for a free one.</param>
    public static async Task<TestApi> StartAsync(
        string connectionString,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null,
        string environment = "Development",
        int port = 0)
    {
        LoggedSecrets.Remember(new Npgsql.NpgsqlConnectionStringBuilder(connectionString).Password);
        var logs = new TestLogs();
        var app = Build(connectionString, settings, services, environment, logs, port);
        await app.StartAsync();
        return new TestApi(app, logs);
    }

    /// <summary>The host, not started, for tests of the start itself.</summary>
    public static WebApplication Build(
        string connectionString,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null,
        string environment = "Development",
        TestLogs? logs = null,
        int port = 0)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = environment,
            ApplicationName = typeof(ApiHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        // The machine's own environment variables have no say in a test.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Settings(connectionString, settings));
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton<ILoggerProvider>(logs ?? new TestLogs());
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        // Runs when the container is made, so that what a test registers comes last and wins.
        builder.Host.ConfigureContainer<IServiceCollection>((_, wired) => services?.Invoke(wired));
        return DevelopmentHost.Build(builder);
    }

    private static Dictionary<string, string?> Settings(string connectionString, IReadOnlyDictionary<string, string?>? settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["ConnectionStrings:SdkChat"] = connectionString,
            ["Authentication:Tenant:Secrets:0"] = TestTokens.TenantSecret,
            ["Authentication:Backoffice:Secrets:0"] = TestTokens.BackofficeSecret,
            // Tests ask quicker than any shop, count events, and run many nodes: those that are about these say so.
            ["RateLimits:Enabled"] = "false",
            ["Live:ProbeSeconds"] = "0",
            ["Metrics:Port"] = "0",
            // No limit of the service's own is reached because the machine is busy: tests of a limit set it.
            ["Database:ConnectTimeoutSeconds"] = "60",
            ["Database:CommandTimeoutSeconds"] = "120",
            ["Live:FeedGraceSeconds"] = "300",
            ["Server:HeaderSeconds"] = "120",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            if (value is null)
                all.Remove(name);
            else
                all[name] = value;
        }

        return all;
    }

    /// <summary>
    /// Every answer that it gets is held against the OpenAPI document. A large body waits for the server to ask for it: the server may
    /// refuse it by its length and close the connection, and a client that is still sending may lose the answer.
    /// </summary>
    public HttpClient NewClient() => new(new DocumentedAnswers(new Remembering(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        UseProxy = false,
        Expect100ContinueTimeout = Deadlines.Soon,
    })))
    {
        BaseAddress = BaseAddress,
    };

    /// <summary>A good token of the tenant's admin.</summary>
    public string TenantToken(Guid tenant, string? role = "admin", string? code = null, TimeSpan? lifetime = null)
    {
        var claims = TestTokens.TenantClaims(tenant, _clock.GetUtcNow());
        if (role is null)
            claims.Remove("role");
        else
            claims["role"] = role;
        if (code is not null)
            claims["tenant_code"] = code;
        if (lifetime is { } duration)
            claims["exp"] = _clock.GetUtcNow().Add(duration).ToUnixTimeSeconds();
        return TestTokens.Hs256(claims, TestTokens.TenantSecret);
    }

    /// <summary>A good token of a super admin.</summary>
    public string BackofficeToken(params string[] roles)
    {
        var claims = TestTokens.BackofficeClaims(_clock.GetUtcNow());
        if (roles.Length > 0)
            claims["roles"] = roles;
        return TestTokens.Hs256(claims, TestTokens.BackofficeSecret);
    }

    /// <summary>Stops as an operator would; <see cref="DisposeAsync"/> does so too.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>What is sent to the service is what it must not log. Large bodies are announced.</summary>
    private sealed class Remembering(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await LoggedSecrets.RememberPromptAsync(request.Content);
            if (request.Content?.Headers.ContentLength > LargeBody && request.Headers.TransferEncodingChunked != true)
                request.Headers.ExpectContinue ??= true;
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
