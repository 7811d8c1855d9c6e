using Microsoft.Extensions.Options;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Authentication;

/// <summary>
/// Maps host names to tenants. <c>{code}.{suffix}</c> belongs to a tenant. The bare suffix, the service's own names (<c>admin.</c>,
/// <c>api.</c>) and every other host belong to none: there only the credential decides.
/// </summary>
internal sealed class TenantHosts(IOptions<HostsOptions> options)
{
    private readonly string[] _suffixes = [.. options.Value.EffectiveSuffixes.Select(suffix => "." + suffix.Trim('.'))];

    /// <summary>Whether a caller of <paramref name="tenant"/> may use this host.</summary>
    public bool IsAllowed(HostString host, TenantCode tenant)
    {
        var label = Label(host.Host);
        return label.IsEmpty || IsOwn(label) || label.Equals(tenant.Value, StringComparison.OrdinalIgnoreCase);
    }

    /// <returns>
    /// The code of the tenant that the host belongs to, in lower case, whether there is such a tenant or not; null if it belongs to none.
    /// </returns>
    public string? TenantOf(HostString host)
    {
        var label = Label(host.Host);
        return label.IsEmpty || IsOwn(label) ? null : label.ToString().ToLowerInvariant();
    }

    /// <summary>Whether this is the backoffice's own host.</summary>
    public bool IsBackoffice(HostString host) => IsAdmin(Label(host.Host));

    /// <summary>The label before the suffix; empty if there is none.</summary>
    private ReadOnlySpan<char> Label(ReadOnlySpan<char> host)
    {
        if (host.EndsWith("."))
            host = host[..^1];

        ReadOnlySpan<char> found = default;
        foreach (var suffix in _suffixes)
        {
            // A suffix may itself have the form of a tenant's host under another suffix.
            if (host.Equals(suffix.AsSpan(1), StringComparison.OrdinalIgnoreCase))
                return default;

            if (host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && !host[..^suffix.Length].Contains('.'))
                found = host[..^suffix.Length];
        }

        return found;
    }

    private static bool IsOwn(ReadOnlySpan<char> label) => IsAdmin(label) || label.Equals("api", StringComparison.OrdinalIgnoreCase);

    private static bool IsAdmin(ReadOnlySpan<char> label) => label.Equals("admin", StringComparison.OrdinalIgnoreCase);
}
