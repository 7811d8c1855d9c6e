using System.Text.Json;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Standing;

/// <summary>
/// A running <c>up</c> on this machine, whose data folder holds the keys that sign its tokens: everything that rules need can be
/// made. Where the tests may write, they do so in two tenants of their own, which are disabled in the end.
/// </summary>
internal sealed class LocalInstance : IAsyncDisposable
{
    private const string KeysFile = "development-keys.json";
    private const string SdkKeysFile = "development-sdk-keys.json";
    private const string DevelopmentOrigin = "http://localhost:5173";

    private readonly IOperator _operator;
    private readonly List<string> _tenants = [];

    private LocalInstance(IOperator @operator) => _operator = @operator;

    /// <exception cref="CannotTellException">There is none, or it has not what it takes; the message says what to do.</exception>
    public static async Task<(LocalInstance Instance, Means Means)> OpenAsync(Means given, string folder, IOperator @operator)
    {
        var instance = new LocalInstance(@operator);
        try
        {
            return (instance, await instance.MeansAsync(given, folder));
        }
        catch
        {
            await instance.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(_tenants.Select(_operator.DisableTenantAsync));
        }
        catch (InvalidOperationException exception)
        {
            // The report matters more.
            await Console.Error.WriteLineAsync($"sdkchat: {string.Join(" and ", _tenants)} could not be disabled: {exception.Message}");
        }
    }

    private async Task<Means> MeansAsync(Means given, string folder)
    {
        var secrets = Read(folder, KeysFile);
        var (demo, other) = given.AllowsWrites ? await AddTenantsAsync() : await DemoAsync(folder);
        var means = given with
        {
            Tenant = Credential.Token("TENANT_TOKEN", demo.Token),
            Key = Credential.Key("API_KEY", demo.Key),
            OtherTenant = Credential.Token("OTHER_TENANT_TOKEN", other.Token),
            OtherKey = Credential.Key("OTHER_API_KEY", other.Key),
            Operator = given.AllowsWrites ? _operator : null,
            HasDemoPipeline = true,
        };
        var admin = BackofficeToken(Secret("Backoffice", secrets));
        means = means with
        {
            Admin = admin,
            TenantForge = new Forge(means.Tenant!, Secret("Tenant", secrets)),
            AdminForge = new Forge(admin, Secret("Backoffice", secrets)),
        };
        return (means with { AllowedOrigin = given.AllowedOrigin ?? await AllowedOriginAsync(means) }).WithForgedTokens();
    }

    /// <summary>The one of Development, unless this instance was told otherwise.</summary>
    private static async Task<string?> AllowedOriginAsync(Means means)
    {
        await using var service = new Service(means);
        return (await service.GetAsync(Paths.List, means.Tenant, ("Origin", DevelopmentOrigin))).Status == 200 ? DevelopmentOrigin : null;
    }

    private async Task<((string Token, string Key) One, (string Token, string Key) Other)> AddTenantsAsync()
    {
        var name = "contract-" + Guid.NewGuid().ToString("n")[..8];
        var both = await Task.WhenAll(AddTenantAsync(name), AddTenantAsync(name + "-b"));
        return (both[0], both[1]);
    }

    private async Task<(string Token, string Key)> AddTenantAsync(string code)
    {
        await _operator.AddTenantAsync(code);
        _tenants.Add(code);
        var (token, key) = (_operator.TokenAsync(code), _operator.CreateKeyAsync(code));
        return (await token ?? throw new CannotTellException("tokens cannot be made here"), await key);
    }

    private async Task<((string Token, string Key) One, (string Token, string Key) Other)> DemoAsync(string folder)
    {
        var keys = Read(folder, SdkKeysFile);
        var tenants = await Task.WhenAll(keys.Keys.Take(2).Select(async code => (await _operator.TokenAsync(code) ?? "", keys[code])));
        return tenants is [var one, var other]
            ? (one, other)
            : throw new CannotTellException($"{folder} has no demo data: --allow-writes makes tenants of its own");
    }

    /// <summary>Signed here: the service's verb for it would take a second of its own.</summary>
    private static Credential BackofficeToken(string secret)
    {
        var claims =
            $$"""{"iss":"sdkchat-backoffice","aud":"sdkchat-backoffice","sub":"contract","roles":["ROLE_ADMIN"],"exp":{{Forge.InSeconds(3600)}}}""";
        var unsigned = Credential.Token("ADMIN_TOKEN", $"e30.{Forge.Encode(claims)}.e30");
        return unsigned with { Value = new Forge(unsigned, secret).With(_ => { }).Value };
    }

    /// <summary>Secrets of the environment win over the folder's, as they do for the service.</summary>
    private static string Secret(string scheme, Dictionary<string, string> folders) =>
        Environment.GetEnvironmentVariable($"Authentication__{scheme}__Secrets__0") ?? folders[scheme];

    private static Dictionary<string, string> Read(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path)
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))!
            : throw new CannotTellException(
                $"{path} is not there: start './sdkchat up' in another terminal, or give --base-url and tokens");
    }
}
