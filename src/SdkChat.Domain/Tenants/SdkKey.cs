using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SdkChat.Domain.Tenants;

/// <summary>
/// The secret of a tenant's app: <c>osk_{tenantCode}_{random}</c> (contract, section 5). Storage has its <see cref="Prefix"/> and its
/// <see cref="Hash"/>, never the key.
/// </summary>
public sealed class SdkKey
{
    /// <summary>Characters of the random part: 62^32 is more than 190 bits.</summary>
    public const int RandomLength = 32;

    /// <summary>Characters of the random part that a prefix shows: enough to distinguish keys, while 142 bits stay secret.</summary>
    public const int ShownLength = 8;

    private const string Start = "osk_";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    private SdkKey(TenantCode tenant, string random)
    {
        Tenant = tenant;
        Secret = $"{Start}{tenant}_{random}";
        Prefix = Secret[..^(RandomLength - ShownLength)];
    }

    /// <summary>The tenant code in the key. Only a look-up verifies that the key belongs to this tenant.</summary>
    public TenantCode Tenant { get; }

    /// <summary>The whole key. It is shown once, to its creator, and must not be logged.</summary>
    public string Secret { get; }

    /// <summary>The beginning of the key, for look-ups and for lists. Not a secret.</summary>
    public string Prefix { get; }

    /// <summary>Creates a key from the operating system's random numbers.</summary>
    public static SdkKey Create(TenantCode tenant) => new(tenant, RandomNumberGenerator.GetString(Alphabet, RandomLength));

    /// <summary>Parses a key as the caller sent it. White space is not trimmed and case matters.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SdkKey? key)
    {
        key = null;
        if (text is null || !text.StartsWith(Start, StringComparison.Ordinal))
            return false;

        // A tenant code contains no underscore, so the next underscore ends it.
        var end = text.IndexOf('_', Start.Length);
        if (end < 0 || text.Length - end - 1 != RandomLength || text.AsSpan(end + 1).ContainsAnyExcept(Characters))
            return false;

        var code = text[Start.Length..end];
        if (!TenantCode.TryParse(code, out var tenant) || tenant.Value != code)
            return false;

        key = new SdkKey(tenant, text[(end + 1)..]);
        return true;
    }

    /// <summary>Parses the beginning of a key, as lists show it, and the tenant code in it.</summary>
    public static bool TryParsePrefix([NotNullWhen(true)] string? text, out TenantCode tenant)
    {
        tenant = default;
        if (text is null || !text.StartsWith(Start, StringComparison.Ordinal))
            return false;

        var end = text.IndexOf('_', Start.Length);
        return end >= 0
            && text.Length - end - 1 == ShownLength
            && !text.AsSpan(end + 1).ContainsAnyExcept(Characters)
            && TenantCode.TryParse(text[Start.Length..end], out tenant)
            && text.AsSpan(Start.Length, tenant.Value.Length).SequenceEqual(tenant.Value);
    }

    /// <summary>SHA-256 of the whole key. A slow hash would add no protection: the key has more than 190 random bits.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(Secret));

    /// <summary>Whether the key has this stored hash. Takes the same time wherever they differ.</summary>
    public bool Matches(ReadOnlySpan<byte> storedHash) => CryptographicOperations.FixedTimeEquals(Hash(), storedHash);

    /// <summary>Returns the prefix, so that a key that is logged by mistake stays secret.</summary>
    public override string ToString() => Prefix;
}
