using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http.Binding;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>Selects the buckets that a call takes a token from.</summary>
internal sealed class CallerBuckets(IOptions<RateLimitOptions> options)
{
    /// <summary>The route parameter of SDK calls that contains the profile.</summary>
    private const string ProfileParameter = "profile_id";

    /// <summary>A single subscriber has a whole network of IPv6 addresses, so only the network part counts.</summary>
    private const int NetworkBytes = 8;

    private readonly RateLimitOptions _limits = options.Value;

    /// <summary>The bucket of the caller: a profile, a key or an admin. Calls without a valid credential have none.</summary>
    public RateLimitPartition<CallerBucket> OfCaller(HttpContext http) => http.Features.Get<Credential>() switch
    {
        null => CallerBucket.Unlimited,
        { Scheme: Schemes.SdkKey } => OfProfile(http),
        var admin => CallerBucket.Create("admin", _limits.Admin, HashCode.Combine(admin.Scheme, admin.Tenant, admin.Subject)),
    };

    /// <summary>The bucket of all calls of an SDK key.</summary>
    public RateLimitPartition<CallerBucket> OfKey(HttpContext http) => http.Features.Get<Credential>()?.Scheme == Schemes.SdkKey
        ? CallerBucket.Create("key_total", _limits.KeyTotal, KeyOf(http))
        : CallerBucket.Unlimited;

    /// <summary>The bucket of invalid credentials from the sender's address.</summary>
    public RateLimitPartition<CallerBucket> OfAddress(HttpContext http) =>
        CallerBucket.Create("failed_authentication", _limits.FailedAuthentication, Network(http.Connection.RemoteIpAddress));

    /// <summary>An invalid id counts as a call without a profile.</summary>
    private RateLimitPartition<CallerBucket> OfProfile(HttpContext http) =>
        ScalarText.TryParseUuid(http.Request.RouteValues.GetValueOrDefault(ProfileParameter) as string, out var profile)
            ? CallerBucket.Create("profile", _limits.Profile, HashCode.Combine(KeyOf(http), profile))
            : CallerBucket.Create("key", _limits.Key, KeyOf(http));

    private static int KeyOf(HttpContext http)
    {
        var key = http.GetApiKey();
        return HashCode.Combine(key.Tenant, key.Prefix);
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
