using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Tenants;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Mutants;
using SdkChat.Contract.Standing;
using SdkChat.TestSupport;

namespace SdkChat.Contract.Tests;

/// <summary>The real service with its demo pipeline, and everything that the suite could ask for.</summary>
[SetUpFixture]
public sealed class TestStand
{
    public const string AllowedOrigin = "https://dashboard.example";

    /// <summary>The rules with a time limit of the contract, most of them five seconds.</summary>
    private static readonly string[] Timed =
    [
        "1.clock-skew", "1.disabled-in-5-s", "1.revoked-in-5-s", "6.at-once", "6.ends-when-disabled", "6.ends-with-token", "6.swept",
        "8.access", "8.audit", "8.blocks", "8.tenants",
    ];

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Cors:AllowedOrigins:0"] = AllowedOrigin,
        // A machine that is busy with other tests is no broken service.
        ["Database:ConnectTimeoutSeconds"] = "20",
    };
    private static TestDatabase _database = null!;

    internal static TestApi Api { get; private set; } = null!;

    internal static Means Means { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        Api = await StartNodeAsync();
        var @operator = new TestOperator(Api);
        var (demo, other) = (await TenantAsync("demo"), await TenantAsync("acme"));
        var admin = Credential.Token("ADMIN_TOKEN", Api.BackofficeToken());
        Means = new Means(Api.BaseAddress)
        {
            AllowsWrites = true,
            Tenant = demo,
            Admin = admin,
            Key = Credential.Key("API_KEY", await @operator.CreateKeyAsync("demo")),
            OtherTenant = other with { Name = "OTHER_TENANT_TOKEN" },
            OtherKey = Credential.Key("OTHER_API_KEY", await @operator.CreateKeyAsync("acme")),
            TenantForge = new Forge(demo, TestTokens.TenantSecret),
            AdminForge = new Forge(admin, TestTokens.BackofficeSecret),
            AllowedOrigin = AllowedOrigin,
            HasDemoPipeline = true,
            Operator = @operator,
        }.WithForgedTokens();
        MutantStand.Means = Means;
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Api.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Another node of the same service, with other settings.</summary>
    internal static Task<TestApi> StartNodeAsync(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(Settings);
        foreach (var (name, value) in settings)
            all[name] = value;
        return TestApi.StartAsync(_database.ConnectionString, all);
    }

    /// <summary>Checks these rules; all where none are named.</summary>
    internal static async Task<IReadOnlyList<Outcome>> CheckAsync(Means means, params string[] rules)
    {
        await using var service = new Service(means);
        return await new Runner(service, Rule.Named(rules), isFast: false).RunAsync();
    }

    /// <summary>
    /// As <see cref="CheckAsync"/>, and checks rules with a time limit again, alone, if they are broken: a busy machine exceeds a limit
    /// once, a service that does not keep it does so each time.
    /// </summary>
    internal static async Task<IReadOnlyList<Outcome>> CheckOnABusyMachineAsync(Means means, params string[] rules)
    {
        var outcomes = await CheckAsync(means, rules);
        for (var left = 2; left > 0; left--)
        {
            string[] again = [.. outcomes.Where(outcome => outcome.Verdict == Verdict.Broken).Select(outcome => outcome.Rule.Id)
                .Intersect(Timed)];
            if (again.Length == 0)
                break;
            var checkedAgain = await CheckAsync(means, again);
            outcomes = [.. outcomes.Select(outcome => checkedAgain.FirstOrDefault(other => other.Rule == outcome.Rule) ?? outcome)];
        }

        return outcomes;
    }

    internal static string Describe(IEnumerable<Outcome> outcomes) => string.Join(
        "\n",
        outcomes.Where(outcome => outcome.Verdict != Verdict.Kept).Select(
            outcome => $"{outcome.Verdict} {outcome.Rule.Id}: {outcome.Reason}{outcome.Broken?.Message} {outcome.Broken?.Request}"));

    private static async Task<Credential> TenantAsync(string code)
    {
        await using var scope = Api.Services.CreateAsyncScope();
        var tenant = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AddTenantCommand(code, null));
        return Credential.Token("TENANT_TOKEN", Api.TenantToken(tenant.Id.Value, code: code));
    }
}
