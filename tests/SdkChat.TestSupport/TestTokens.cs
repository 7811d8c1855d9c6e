using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SdkChat.TestSupport;

/// <summary>Makes JWTs by hand, so that a test can make every wrong one too.</summary>
public static class TestTokens
{
    public const string TenantSecret = "tenant-secret-for-tests-0123456789abcdef";
    public const string BackofficeSecret = "backoffice-secret-for-tests-0123456789ab";

    /// <summary>A good payload for a tenant token: valid for an hour from <paramref name="now"/>.</summary>
    public static Dictionary<string, object?> TenantClaims(Guid tenant, DateTimeOffset now) => new()
    {
        ["iss"] = "sdkchat-tenant",
        ["aud"] = "sdkchat-tenant",
        ["sub"] = "someone",
        ["tenant_id"] = tenant.ToString(),
        ["role"] = "admin",
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
    };

    /// <summary>A good payload for a backoffice token: valid for an hour from <paramref name="now"/>.</summary>
    public static Dictionary<string, object?> BackofficeClaims(DateTimeOffset now) => new()
    {
        ["iss"] = "sdkchat-backoffice",
        ["aud"] = "sdkchat-backoffice",
        ["sub"] = "someone",
        ["roles"] = new[] { "ROLE_ADMIN" },
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
    };

    /// <summary>An HS256 token.</summary>
    public static string Hs256(object payload, string secret, object? header = null) =>
        Hs256(payload, Encoding.UTF8.GetBytes(secret), header);

    public static string Hs256(object payload, byte[] secret, object? header = null) =>
        Sign(header ?? new { alg = "HS256", typ = "JWT" }, payload, bytes => HMACSHA256.HashData(secret, bytes));

    /// <summary>A token with whatever header, payload and signature.</summary>
    public static string Sign(object header, object payload, Func<byte[], byte[]> sign)
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Encode(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
