using System.CommandLine;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Fuzzing;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract;

/// <summary>What the command line takes.</summary>
internal sealed class Options
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    private readonly Option<string> _url = new("--base-url")
    {
        Description = "Where the service is", HelpName = "URL", DefaultValueFactory = _ => DefaultUrl,
    };
    private readonly Option<string?> _tenant = Text("--tenant-token", "TOKEN", "An admin of the tenant that is tested with");
    private readonly Option<string?> _admin = Text("--admin-token", "TOKEN", "A super admin of the backoffice");
    private readonly Option<string?> _key = Text("--api-key", "KEY", "An SDK key of the tenant");
    private readonly Option<string?> _otherTenant = Text("--other-tenant-token", "TOKEN", "An admin of another tenant");
    private readonly Option<string?> _otherKey = Text("--other-api-key", "KEY", "An SDK key of that other tenant");
    private readonly Option<string?> _viewer = Text("--viewer-token", "TOKEN", "A tenant token without the role");
    private readonly Option<string?> _support = Text("--support-token", "TOKEN", "A backoffice token without ROLE_ADMIN");
    private readonly Option<string?> _disabledTenant = Text("--disabled-tenant-token", "TOKEN", "An admin of a disabled tenant");
    private readonly Option<string?> _disabledKey = Text("--disabled-api-key", "KEY", "A key of a disabled tenant");
    private readonly Option<string?> _expired = Text("--expired-token", "TOKEN", "A tenant token that has expired");
    private readonly Option<string?> _revoked = Text("--revoked-api-key", "KEY", "A key that was revoked");
    private readonly Option<string?> _tenantSecret = Text(
        "--tenant-secret", "SECRET", "The HS256 secret of a test instance's tenant tokens");
    private readonly Option<string?> _adminSecret = Text("--admin-secret", "SECRET", "The HS256 secret of its backoffice tokens");
    private readonly Option<string?> _origin = Text("--allowed-origin", "ORIGIN", "An origin that the service lets call with credentials");
    private readonly Option<string> _suffix = new("--host-suffix")
    {
        Description = "Tenants are NAME.SUFFIX; 'none' where other Host headers do not get through", HelpName = "SUFFIX",
        DefaultValueFactory = _ => "aika.life",
    };
    private readonly Option<string?> _operator = Text(
        "--operator", "COMMAND", "Runs the service's verbs, such as './sdkchat': lets the tests disable a tenant and revoke a key");
    private readonly Option<string?> _data = Text("--data", "DIR", "Folder of the running 'up' (default: SDKCHAT_DATA, else .data)");
    private readonly Option<bool> _demo = new("--demo-pipeline") { Description = "The service runs its demo pipeline" };
    private readonly Option<bool> _writes = new("--allow-writes")
    {
        Description = "Make profiles, chats and events in the tenant; without it nothing is written",
    };

    private static Option<string?> Text(string name, string placeholder, string description) =>
        new(name) { Description = description, HelpName = placeholder };

    public Option<string[]> Only { get; } = new("--only")
    {
        Description = "Only these rules, each by its id or by its section's number", HelpName = "SECTION/RULE",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<bool> Fast { get; } = new("--fast") { Description = "Leave out the rules that take longer than some seconds" };

    public Option<bool> List { get; } = new("--list") { Description = "List the rules and check nothing" };

    public Option<string?> JUnit { get; } = Text("--junit", "FILE", "Write the report as JUnit XML too");

    public Option<string?> Json { get; } = Text("--json", "FILE", "Write the report as JSON too");

    public FuzzCommand Fuzz { get; } = new();

    /// <summary>Where the service is, and who calls it.</summary>
    public IEnumerable<Option> Access => [_url, _tenant, _admin, _key];

    /// <summary>What some rules need besides.</summary>
    public IEnumerable<Option> MoreAccess =>
    [
        _otherTenant, _otherKey, _viewer, _support, _disabledTenant, _disabledKey, _expired, _revoked, _tenantSecret, _adminSecret, _origin,
        _suffix, _operator, _demo, _data,
    ];

    public IEnumerable<Option> All => [.. Access, _writes, Only, Fast, List, JUnit, Json, .. Fuzz.All, .. MoreAccess];

    /// <summary>Whether no credential is given: then it is the running <c>up</c> that is meant.</summary>
    public bool IsLocal(ParseResult parsed) =>
        parsed.GetValue(_tenant) is null && parsed.GetValue(_admin) is null && parsed.GetValue(_key) is null;

    public string Folder(ParseResult parsed) => parsed.GetValue(_data) ?? Environment.GetEnvironmentVariable("SDKCHAT_DATA") ?? ".data";

    /// <summary>
    /// The command for the verbs: as given; else the one that <c>./sdkchat</c> passes, which knows this machine's instance alone.
    /// </summary>
    public string? Operator(ParseResult parsed) =>
        parsed.GetValue(_operator) ?? (IsLocal(parsed) ? Environment.GetEnvironmentVariable("SDKCHAT_OPERATOR") : null);

    /// <summary>The rules that are chosen.</summary>
    /// <exception cref="CannotTellException">A name is no section and no rule.</exception>
    public IReadOnlyList<Rule> Rules(ParseResult parsed)
    {
        var names = parsed.GetValue(Only) ?? [];
        if (names.FirstOrDefault(name => Rule.Named([name]).Count == 0) is { } unknown)
            throw new CannotTellException($"there is no section or rule '{unknown}': ./sdkchat contract --list");
        return Rule.Named(names);
    }

    /// <exception cref="CannotTellException">Something given is not what it should be.</exception>
    public Means Means(ParseResult parsed)
    {
        var url = Uri.TryCreate(parsed.GetValue(_url), UriKind.Absolute, out var address)
            && address.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? new Uri(address.GetLeftPart(UriPartial.Authority))
            : throw new CannotTellException($"'{parsed.GetValue(_url)}' is no base URL such as https://api.example.com");
        Credential? Token(Option<string?> option, string name) =>
            parsed.GetValue(option) is { Length: > 0 } value ? Credential.Token(name, value) : null;
        Credential? Key(Option<string?> option, string name) =>
            parsed.GetValue(option) is { Length: > 0 } value ? Credential.Key(name, value) : null;
        var (tenant, admin) = (Token(_tenant, "TENANT_TOKEN"), Token(_admin, "ADMIN_TOKEN"));
        try
        {
            return new Means(url)
            {
                AllowsWrites = parsed.GetValue(_writes),
                Tenant = tenant,
                Admin = admin,
                Key = Key(_key, "API_KEY"),
                OtherTenant = Token(_otherTenant, "OTHER_TENANT_TOKEN"),
                OtherKey = Key(_otherKey, "OTHER_API_KEY"),
                TenantWithoutRole = Token(_viewer, "VIEWER_TOKEN"),
                AdminWithoutRole = Token(_support, "SUPPORT_TOKEN"),
                DisabledTenant = Token(_disabledTenant, "DISABLED_TENANT_TOKEN"),
                DisabledKey = Key(_disabledKey, "DISABLED_API_KEY"),
                ExpiredTenant = Token(_expired, "EXPIRED_TOKEN"),
                RevokedKey = Key(_revoked, "REVOKED_API_KEY"),
                TenantForge = tenant is not null && parsed.GetValue(_tenantSecret) is { } tenantSecret
                    ? new Forge(tenant, tenantSecret)
                    : null,
                AdminForge = admin is not null && parsed.GetValue(_adminSecret) is { } adminSecret ? new Forge(admin, adminSecret) : null,
                AllowedOrigin = parsed.GetValue(_origin),
                HostSuffix = parsed.GetValue(_suffix) is "none" ? null : parsed.GetValue(_suffix),
                HasDemoPipeline = parsed.GetValue(_demo),
                // Adding and disabling tenants is writing.
                Operator = parsed.GetValue(_operator) is { } command && parsed.GetValue(_writes) ? new CommandOperator(command) : null,
            }.WithForgedTokens();
        }
        catch (FormatException exception)
        {
            throw new CannotTellException(exception.Message);
        }
    }
}
