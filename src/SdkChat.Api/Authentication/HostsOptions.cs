namespace SdkChat.Api.Authentication;

/// <summary>Host names of tenants (section <c>Hosts</c>).</summary>
public sealed record HostsOptions
{
    public const string Section = "Hosts";

    private static readonly string[] Defaults = ["aika.life", "ones1ght.com"];

    /// <summary>
    /// Host suffixes of tenants: <c>{code}.{suffix}</c> serves the tenant with that code only. Default: aika.life and ones1ght.com.
    /// </summary>
    public IReadOnlyList<string> TenantSuffixes { get; init; } = [];

    internal IReadOnlyList<string> EffectiveSuffixes => TenantSuffixes.Count == 0 ? Defaults : TenantSuffixes;
}
