using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http.Binding;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>Selects the limits of a call and counts it.</summary>
internal sealed class CallerLimits : IDisposable
{
    /// <summary>The route parameter of SDK calls that contains the profile.</summary>
    private const string ProfileParameter = "profile_id";

    /// <summary>A single subscriber has a whole network of IPv6 addresses, so only the network part counts.</summary>
    private const int NetworkBytes = 8;

    private readonly RateLimitMetrics _metrics;
    private readonly bool _enabled;
    private readonly CallerLimiter _profiles;
    private readonly CallerLimiter _keys;
    private readonly CallerLimiter _keyTotals;
    private readonly CallerLimiter _admins;
    private readonly CallerLimiter _failures;

    public CallerLimits(IOptions<RateLimitOptions> options, RateLimitMetrics metrics)
    {
        var limits = options.Value;
        (_metrics, _enabled) = (metrics, limits.Enabled);
        (_profiles, _keys, _keyTotals) = (new CallerLimiter(limits.Profile), new CallerLimiter(limits.Key), new CallerLimiter(limits.KeyTotal));
        (_admins, _failures) = (new CallerLimiter(limits.Admin), new CallerLimiter(limits.FailedAuthentication));
    }

    /// <summary>Counts a call with a valid credential. Calls without one are not limited here.</summary>
    public bool TryAcquire(HttpContext http) =>
        !_enabled || http.Features.Get<Credential>() is not { } credential || (credential.Scheme == Schemes.SdkKey ? TryAcquireSdk(http) : TryAcquireAdmin(credential));

    /// <summary>Counts an invalid credential, by the address of the sender.</summary>
    /// <returns>False if there were too many from this address.</returns>
    public bool TryAcquireFailure(HttpContext http) => !_enabled || Count(_failures, Network(http.Connection.RemoteIpAddress), "failed_authentication");

    public void Dispose()
    {
        _profiles.Dispose();
        _keys.Dispose();
        _keyTotals.Dispose();
        _admins.Dispose();
        _failures.Dispose();
    }

    /// <summary>
    /// A call over the limit of its profile does not count against the key's total. An invalid id counts as a call without a profile.
    /// </summary>
    private bool TryAcquireSdk(HttpContext http)
    {
        var key = http.GetApiKey();
        var caller = HashCode.Combine(key.Tenant, key.Prefix);
        var isWithin = ScalarText.TryParseUuid(http.Request.RouteValues.GetValueOrDefault(ProfileParameter) as string, out var profile)
            ? Count(_profiles, HashCode.Combine(caller, profile), "profile")
            : Count(_keys, caller, "key");
        return isWithin && Count(_keyTotals, caller, "key_total");
    }

    private bool TryAcquireAdmin(Credential credential) =>
        Count(_admins, HashCode.Combine(credential.Scheme, credential.Tenant, credential.Subject), "admin");

    private bool Count(CallerLimiter limiter, int caller, string limit)
    {
        if (limiter.TryAcquire(caller))
            return true;

        _metrics.Refused(limit);
        return false;
    }

    private static int Network(IPAddress? address)
    {
        if (address is null)
            return 0;

        Span<byte> bytes = stackalloc byte[16];
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        plain.TryWriteBytes(bytes, out var length);
        var hash = default(HashCode);
        hash.AddBytes(bytes[..(plain.AddressFamily == AddressFamily.InterNetworkV6 ? NetworkBytes : length)]);
        return hash.ToHashCode();
    }
}
