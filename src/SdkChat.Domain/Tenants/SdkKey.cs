using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SdkChat.Domain.Tenants;

/// <summary>
/// The secret of a tenant's app: <c>osk_{tenantCode}_{random}</c> (contract, section 5). Storage keeps its
/// <see cref="Prefix"/> and its <see cref="Hash"/>, never the key.
/// </summary>
public sealed class SdkKey
{
    /// <summary>Characters of the random part: 62^32 is more than 190 bits.</summary>
    public const int RandomLength = 32;

    /// <summary>How many of them a prefix shows: enough to tell keys apart, and 142 bits stay secret.</summary>
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

    /// <summary>The tenant that the key names. Only a look-up tells whether the key is that tenant's.</summary>
    public TenantCode Tenant { get; }

    /// <summary>The whole key. It is shown once, to whoever made it, and must not be logged.</summary>
    public string Secret { get; }

    /// <summary>The key's beginning: what it is looked up by and what people tell keys apart by. Not a secret.</summary>
    public string Prefix { get; }

    /// <summary>A new key, from the operating system's random numbers.</summary>
    public static SdkKey Create(TenantCode tenant) => new(tenant, RandomNumberGenerator.GetString(Alphabet, RandomLength));

    /// <summary>Reads a key as a caller sent it. Nothing is folded or trimmed: a key is right to the character or not at all.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SdkKey? key)
    {
        key = null;
        if (text is null || !text.StartsWith(Start, StringComparison.Ordinal))
            return false;

        // A tenant code has no underscore, so the next one ends it.
        var end = text.IndexOf('_', Start.Length);
        if (end < 0 || text.Length - end - 1 != RandomLength || text.AsSpan(end + 1).ContainsAnyExcept(Characters))
            return false;

        var code = text[Start.Length..end];
        if (!TenantCode.TryParse(code, out var tenant) || tenant.Value != code)
            return false;

        key = new SdkKey(tenant, text[(end + 1)..]);
        return true;
    }

    /// <summary>Reads the beginning of a key, as lists show it, and the tenant that it names.</summary>
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

    /// <summary>SHA-256 of the whole key: with so many random bits a slow hash would protect nothing more.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(Secret));

    /// <summary>Whether this is the key that was stored, in a time that tells nothing of where they differ.</summary>
    public bool Matches(ReadOnlySpan<byte> storedHash) => CryptographicOperations.FixedTimeEquals(Hash(), storedHash);

    /// <summary>The prefix, so that a key that reaches a log by mistake does not show itself.</summary>
    public override string ToString() => Prefix;
}
