namespace SdkChat.Api.Authentication;

/// <summary>Under which names tenants reach the service (section <c>Hosts</c>).</summary>
public sealed record HostsOptions
{
    public const string Section = "Hosts";

    private static readonly string[] Defaults = ["aika.life", "ones1ght.com"];

    /// <summary>On <c>{code}.{suffix}</c> only the tenant of that code is served. Default: aika.life and ones1ght.com.</summary>
    public IReadOnlyList<string> TenantSuffixes { get; init; } = [];

    internal IReadOnlyList<string> EffectiveSuffixes => TenantSuffixes.Count == 0 ? Defaults : TenantSuffixes;
}
