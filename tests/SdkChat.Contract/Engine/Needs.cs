using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Engine;

/// <summary>What a rule cannot be checked without.</summary>
[Flags]
internal enum Needs
{
    Nothing = 0,
    Tenant = 1,
    Admin = 1 << 1,
    Key = 1 << 2,
    Writes = 1 << 3,
    OtherTenant = 1 << 4,
    OtherKey = 1 << 5,
    TenantSecret = 1 << 6,
    AdminSecret = 1 << 7,
    TenantWithoutRole = 1 << 8,
    AdminWithoutRole = 1 << 9,
    DisabledTenant = 1 << 10,
    DisabledKey = 1 << 11,
    ExpiredToken = 1 << 12,
    RevokedKey = 1 << 13,
    AllowedOrigin = 1 << 14,
    Hosts = 1 << 15,
    Operator = 1 << 16,
    DemoPipeline = 1 << 17,

    /// <summary>A shopper's app whose tenant is watched.</summary>
    Shopper = Tenant | Key | Writes,
}

internal static class NeedsReading
{
    private static readonly (Needs Need, Func<Means, bool> IsThere, string Ask)[] All =
    [
        (Needs.Writes, means => means.AllowsWrites, "leave to write: --allow-writes"),
        (Needs.Tenant, means => means.Tenant is not null, "--tenant-token"),
        (Needs.Admin, means => means.Admin is not null, "--admin-token"),
        (Needs.Key, means => means.Key is not null, "--api-key"),
        (Needs.OtherTenant, means => means.OtherTenant is not null, "--other-tenant-token: an admin of another tenant"),
        (Needs.OtherKey, means => means.OtherKey is not null, "--other-api-key: a key of another tenant"),
        (Needs.TenantSecret, means => means.TenantForge is not null, "--tenant-secret: the HS256 secret that signs test tokens"),
        (Needs.AdminSecret, means => means.AdminForge is not null, "--admin-secret: the HS256 secret that signs test tokens"),
        (Needs.TenantWithoutRole, means => means.TenantWithoutRole is not null, "--viewer-token: a tenant token without the role"),
        (Needs.AdminWithoutRole, means => means.AdminWithoutRole is not null, "--support-token: a backoffice token without ROLE_ADMIN"),
        (
            Needs.DisabledTenant, means => means.DisabledTenant is not null || means.Operator is not null,
            "--disabled-tenant-token: an admin of a disabled tenant"),
        (
            Needs.DisabledKey, means => means.DisabledKey is not null || means.Operator is not null,
            "--disabled-api-key: a key of a disabled tenant"),
        (Needs.ExpiredToken, means => means.ExpiredTenant is not null, "--expired-token: a tenant token that has expired"),
        (Needs.RevokedKey, means => means.RevokedKey is not null || means.Operator is not null, "--revoked-api-key"),
        (Needs.AllowedOrigin, means => means.AllowedOrigin is not null, "--allowed-origin: one on the service's allow-list"),
        (Needs.Hosts, means => means.HostSuffix is not null, "--host-suffix is 'none'"),
        (Needs.Operator, means => means.Operator is not null, "--operator, with leave to write: the command that runs the service's verbs"),
        (Needs.DemoPipeline, means => means.HasDemoPipeline, "--demo-pipeline: the service runs its demo pipeline"),
    ];

    /// <returns>What is missing, for people; null when all is there.</returns>
    public static string? Missing(this Needs needs, Means means)
    {
        var missing = All.Where(need => needs.HasFlag(need.Need) && !need.IsThere(means)).Select(need => need.Ask).ToArray();
        return missing.Length == 0 ? null : string.Join("; ", missing);
    }
}
