using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SdkChat.Bench.Servers;

/// <summary>Tenant tokens as an issuer would sign them; each is another, as those of different people are.</summary>
internal static class Tokens
{
    public const string Secret = "bench-secret-for-tenant-tokens-0123456789";

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public static string ForAdmin(Guid tenant, int number) => Sign(
        $$"""
        {"iss":"sdkchat-tenant","aud":"sdkchat-tenant","sub":"admin-{{number}}","tenant_id":"{{tenant}}","role":"admin",{{Times()}}}
        """,
        Secret);

    public static string ForBackoffice() => Sign(
        $$"""
        {"iss":"sdkchat-backoffice","aud":"sdkchat-backoffice","sub":"super","roles":["ROLE_ADMIN"],{{Times()}}}
        """,
        Secret + "-backoffice");

    private static string Times()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return $"\"iat\":{now},\"nbf\":{now},\"exp\":{now + 86400}";
    }

    private static string Sign(string claims, string secret)
    {
        var signed = $"{Header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.Trim()))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }
}
