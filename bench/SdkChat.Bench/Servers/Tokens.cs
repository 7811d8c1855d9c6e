using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SdkChat.Bench.Servers;

/// <summary>Tenant tokens as an issuer would sign them; each is another, as those of different people are.</summary>
internal static class Tokens
{
    public const string Secret = "bench-secret-for-tenant-tokens-0123456789";

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public static string ForAdmin(Guid tenant, int number)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims =
            $$"""
            {"iss":"sdkchat-tenant","aud":"sdkchat-tenant","sub":"admin-{{number}}","tenant_id":"{{tenant}}","role":"admin","iat":{{now}},"nbf":{{now}},"exp":{{now + 86400}}}
            """;
        var signed = $"{Header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.Trim()))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes(signed)))}";
    }
}
