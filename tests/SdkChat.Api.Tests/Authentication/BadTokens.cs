using System.Text;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Authentication;

/// <summary>
/// Every token that must not open anything, for either scheme. A token is made when it is used, since the rows it names
/// exist only then.
/// </summary>
internal sealed record BadTokens(string Scheme, string Secret, PublishedKey Key, Func<Dictionary<string, object?>> Good)
{
    public static readonly BadTokens Tenant = new("Tenant", TestTokens.TenantSecret, SharedApi.TenantKey,
        () => TestTokens.TenantClaims(SharedApi.Demo, DateTimeOffset.UtcNow));

    public static readonly BadTokens Backoffice = new("Backoffice", TestTokens.BackofficeSecret, SharedApi.BackofficeKey,
        () => TestTokens.BackofficeClaims(DateTimeOffset.UtcNow));

    // An attacker's key pair. Making one is slow, so it is made once.
    private static readonly PublishedKey Foreign = PublishedKey.Rsa("mine");

    private static readonly string[] Nones = ["none", "None", "NONE", "nOnE", "none ", "", "null"];

    private static readonly string[] UnknownExtension = ["b64"];

    public IEnumerable<(string Name, Func<string> Make)> All() => [.. Plain(), .. Lifetimes(), .. Unsigned(), .. Confusions()];

    private IEnumerable<(string, Func<string>)> Plain()
    {
        yield return ("garbage", () => "garbage");
        yield return ("dots", () => "..");
        yield return ("wrong issuer", () => Sign(With("iss", "someone-else")));
        yield return ("no issuer", () => Sign(Without("iss")));
        yield return ("wrong audience", () => Sign(With("aud", "someone-else")));
        yield return ("audience with a slash", () => Sign(With("aud", Good()["aud"] + "/")));
        yield return ("no audience", () => Sign(Without("aud")));
        yield return ("wrong key", () => TestTokens.Hs256(Good(), "another-secret-of-thirty-two-bytes-or-more"));
        yield return ("wrong published key", () => Foreign.TokenWithHeader(new { alg = "RS256", kid = Key.KeyId }, Good()));
        yield return ("tampered payload", Tampered);
        yield return ("no signature", () => Sign(Good())[..^43]);
        yield return ("empty payload", () => TestTokens.Hs256(new { }, Secret));
        yield return ("payload that is no object", () => TestTokens.Hs256("hello", Secret));
        yield return (
            "critical extension", () => TestTokens.Hs256(Good(), Secret, new { alg = "HS256", crit = UnknownExtension, b64 = false }));
        yield return ("no subject", () => Sign(Without("sub")));
        yield return ("blank subject", () => Sign(With("sub", " ")));
        yield return ("other scheme's token", OtherScheme);
        yield return ("too long", () => Sign(With("padding", new string('x', 9000))));
    }

    private IEnumerable<(string, Func<string>)> Lifetimes()
    {
        var now = DateTimeOffset.UtcNow;
        yield return ("expired", () => Sign(With("exp", now.AddSeconds(-90).ToUnixTimeSeconds())));
        yield return ("not yet valid", () => Sign(With("nbf", now.AddHours(1).ToUnixTimeSeconds())));
        yield return ("no expiry", () => Sign(Without("exp")));
        yield return ("expiry null", () => Sign(With("exp", null)));
        yield return ("expiry negative", () => Sign(With("exp", -1)));
        yield return ("expiry as a word", () => Sign(With("exp", "never")));
    }

    private IEnumerable<(string, Func<string>)> Unsigned()
    {
        foreach (var none in Nones)
        {
            yield return ($"alg '{none}', no signature", () => $"{TestTokens.Encode(new { alg = none })}.{TestTokens.Encode(Good())}.");
            yield return ($"alg '{none}', a signature", () => TestTokens.Hs256(Good(), Secret, new { alg = none, typ = "JWT" }));
        }

        yield return ("no alg", () => TestTokens.Hs256(Good(), Secret, new { typ = "JWT" }));
        yield return ("unsigned in JWE", () => $"{TestTokens.Encode(new { alg = "dir", enc = "A256GCM", cty = "JWT" })}..AAAA.AAAA.AAAA");
        yield return ("five parts", () => Sign(Good()) + ".AAAA.AAAA");
    }

    private IEnumerable<(string, Func<string>)> Confusions()
    {
        var pem = "-----BEGIN PUBLIC KEY-----\n" + Convert.ToBase64String(Key.PublicInfo, Base64FormattingOptions.InsertLineBreaks)
            + "\n-----END PUBLIC KEY-----\n";
        yield return ("HS256 with the public key", () => TestTokens.Hs256(Good(), Key.PublicInfo, new { alg = "HS256", kid = Key.KeyId }));
        yield return (
            "HS256 with the public key's PEM",
            () => TestTokens.Hs256(Good(), Encoding.ASCII.GetBytes(pem), new { alg = "HS256", kid = Key.KeyId }));
        yield return ("RS256 header on an HMAC", () => TestTokens.Hs256(Good(), Secret, new { alg = "RS256" }));
        yield return ("HS512", () => Hs512());
        yield return ("PS256 with a key pinned to RS256", () => Key.Token(Good(), "PS256"));
        yield return ("RS384 with a key pinned to RS256", () => Key.Token(Good(), "RS384"));
        yield return ("embedded jwk", () => Foreign.TokenWithHeader(new { alg = "RS256", jwk = Foreign.Jwk }, Good()));
        yield return (
            "embedded jwk under a known kid",
            () => Foreign.TokenWithHeader(new { alg = "RS256", kid = Key.KeyId, jwk = Foreign.Jwk }, Good()));
        yield return (
            "jku", () => Foreign.TokenWithHeader(new { alg = "RS256", kid = "mine", jku = "https://attacker.example/jwks" }, Good()));
        yield return (
            "x5c",
            () => Foreign.TokenWithHeader(new { alg = "RS256", x5c = new[] { Convert.ToBase64String(Foreign.PublicInfo) } }, Good()));
    }

    private string Sign(object claims) => TestTokens.Hs256(claims, Secret);

    private Dictionary<string, object?> With(string claim, object? value) => new(Good()) { [claim] = value };

    private Dictionary<string, object?> Without(string claim)
    {
        var claims = Good();
        claims.Remove(claim);
        return claims;
    }

    private string Tampered()
    {
        var parts = Sign(Good()).Split('.');
        return $"{parts[0]}.{TestTokens.Encode(With("sub", "somebody-else"))}.{parts[2]}";
    }

    private string Hs512() => TestTokens.Sign(
        new { alg = "HS512" }, Good(), bytes => System.Security.Cryptography.HMACSHA512.HashData(Encoding.UTF8.GetBytes(Secret), bytes));

    private string OtherScheme() => Scheme == "Tenant"
        ? TestTokens.Hs256(Backoffice.Good(), TestTokens.BackofficeSecret)
        : TestTokens.Hs256(Tenant.Good(), TestTokens.TenantSecret);
}
