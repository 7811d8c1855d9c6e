using SdkChat.Contract.Calls;

namespace SdkChat.Contract.Standing;

/// <summary>Where the service is, and what there is to show to it. Whatever is null, rules that need it are skipped.</summary>
internal sealed record Means(Uri Service)
{
    public bool AllowsWrites { get; init; }

    /// <summary>An admin of the tenant that is tested with.</summary>
    public Credential? Tenant { get; init; }

    public Credential? Admin { get; init; }

    /// <summary>A key of the same tenant.</summary>
    public Credential? Key { get; init; }

    public Credential? OtherTenant { get; init; }

    public Credential? OtherKey { get; init; }

    public Credential? TenantWithoutRole { get; init; }

    public Credential? AdminWithoutRole { get; init; }

    public Credential? DisabledTenant { get; init; }

    public Credential? DisabledKey { get; init; }

    public Credential? ExpiredTenant { get; init; }

    public Credential? RevokedKey { get; init; }

    /// <summary>Makes tokens like the tenant's, good and bad ones.</summary>
    public Forge? TenantForge { get; init; }

    public Forge? AdminForge { get; init; }

    public string? AllowedOrigin { get; init; }

    /// <summary>Tenants are called <c>{code}.{suffix}</c>; null where Host headers of one's own do not reach the service.</summary>
    public string? HostSuffix { get; init; } = "aika.life";

    public bool HasDemoPipeline { get; init; }

    public IOperator? Operator { get; init; }

    /// <summary>Those that there are.</summary>
    public IEnumerable<Credential> All => new[]
    {
        Tenant, Admin, Key, OtherTenant, OtherKey, TenantWithoutRole, AdminWithoutRole, DisabledTenant, DisabledKey, ExpiredTenant,
        RevokedKey,
    }.OfType<Credential>();

    /// <summary>The text with every credential's name in the place of its value.</summary>
    public string Hide(string text) =>
        All.Aggregate(text, (hidden, credential) => hidden.Replace(credential.Value, $"${credential.Name}", StringComparison.Ordinal));

    /// <summary>What a secret makes superfluous: tokens that it can sign.</summary>
    public Means WithForgedTokens() => this with
    {
        TenantWithoutRole = TenantWithoutRole ?? TenantForge?.With(claims => claims["role"] = "viewer"),
        ExpiredTenant = ExpiredTenant ?? TenantForge?.With(claims => claims["exp"] = Forge.InSeconds(-3600)),
        AdminWithoutRole = AdminWithoutRole
            ?? AdminForge?.With(claims => claims["roles"] = new System.Text.Json.Nodes.JsonArray("ROLE_SUPPORT")),
    };
}
