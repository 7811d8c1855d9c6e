using System.Buffers.Text;
using System.Security.Cryptography;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Support;

/// <summary>An issuer's key pair: its JWK, and tokens signed with it.</summary>
internal sealed class PublishedKey
{
    private readonly Func<byte[], byte[]> _sign;

    private PublishedKey(string keyId, string algorithm, object jwk, byte[] publicInfo, Func<byte[], byte[]> sign)
    {
        (KeyId, Algorithm, Jwk, PublicInfo, _sign) = (keyId, algorithm, jwk, publicInfo, sign);
    }

    public string KeyId { get; }

    public string Algorithm { get; }

    public object Jwk { get; }

    /// <summary>SubjectPublicKeyInfo in DER: what an attacker would use as an HMAC secret.</summary>
    public byte[] PublicInfo { get; }

    public static PublishedKey Rsa(string keyId, string algorithm = "RS256", bool pin = true, int bits = 2048)
    {
        var rsa = RSA.Create(bits);
        var key = rsa.ExportParameters(false);
        var (hash, padding) = (HashAlgorithmName.SHA256, algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        object jwk = pin
            ? new
            {
                kty = "RSA", use = "sig", kid = keyId, alg = algorithm, n = Base64Url.EncodeToString(key.Modulus),
                e = Base64Url.EncodeToString(key.Exponent),
            }
            : new { kty = "RSA", kid = keyId, n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) };
        return new PublishedKey(keyId, algorithm, jwk, rsa.ExportSubjectPublicKeyInfo(), data => rsa.SignData(data, hash, padding));
    }

    public static PublishedKey Ec(string keyId)
    {
        var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = ec.ExportParameters(false);
        var jwk = new
        {
            kty = "EC", crv = "P-256", kid = keyId, x = Base64Url.EncodeToString(key.Q.X), y = Base64Url.EncodeToString(key.Q.Y),
        };
        return new PublishedKey(keyId, "ES256", jwk, ec.ExportSubjectPublicKeyInfo(), data => ec.SignData(data, HashAlgorithmName.SHA256));
    }

    public static string Document(params PublishedKey[] keys) =>
        System.Text.Json.JsonSerializer.Serialize(new { keys = keys.Select(key => key.Jwk) });

    public string Token(object claims, string? algorithm = null) =>
        TestTokens.Sign(new { alg = algorithm ?? Algorithm, typ = "JWT", kid = KeyId }, claims, _sign);

    public string TokenWithHeader(object header, object claims) => TestTokens.Sign(header, claims, _sign);
}
