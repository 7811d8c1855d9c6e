using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Tenants;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.Support;

/// <summary>A service with one tenant, one shopper and one completed chat, that can be taken away and come back at its address.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly Dictionary<string, string?> _settings;
    private readonly int _port = Programs.FreePort();

    private Shop(TestDatabase database, Dictionary<string, string?> settings) =>
        (_database, _settings, Rows) = (database, settings, new Rows(database.ConnectionString));

    public TestApi Api { get; private set; } = null!;

    public Rows Rows { get; }

    public Guid Tenant { get; private set; }

    public Guid Profile { get; private set; }

    public Guid Chat { get; private set; }

    public string Token => Api.TenantToken(Tenant);

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public static async Task<Shop> OpenAsync(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Live:PingSeconds"] = "1",
            ["Live:RetryMilliseconds"] = "200",
        };
        foreach (var (name, value) in settings)
            all[name] = value;
        var shop = new Shop(await TestDatabase.CreateAsync(), all);
        shop.Tenant = await shop.Rows.TenantAsync("demo");
        shop.Profile = await shop.Rows.ProfileAsync(shop.Tenant, """{"name":"Kim Minji","age":32,"locale":"ko"}""");
        shop.Chat = await shop.AddChatAsync();
        await shop.StartAsync();
        return shop;
    }

    public Task<Guid> AddChatAsync() => Rows.ChatAsync(Tenant, Profile, status: "completed");

    public Task EventAsync(string kind, string? items = null) => Rows.EventAsync(Tenant, Profile, Chat, kind, items);

    public async Task StartAsync() => Api = await TestApi.StartAsync(_database.ConnectionString, _settings, port: _port);

    public ValueTask StopAsync() => Api.DisposeAsync();

    public async Task<string> KeyAsync()
    {
        await using var scope = Api.Services.CreateAsyncScope();
        var created = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CreateApiKeyCommand("demo"));
        return created.Key.Secret;
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await _database.DisposeAsync();
    }
}
