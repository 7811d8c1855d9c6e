using Microsoft.IdentityModel.Tokens;

namespace SdkChat.Api.Authentication.Keys;

/// <summary>
/// The algorithms that a key may have signed with. They depend on the type of the key, never on the token, so the public part of an RSA key
/// cannot be used as an HMAC secret.
/// </summary>
internal static class PinnedAlgorithms
{
    private static readonly string[] Hmac = [SecurityAlgorithms.HmacSha256];

    private static readonly string[] Rsa =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
    ];

    public static bool Allow(SecurityKey key, string algorithm) => key switch
    {
        SymmetricSecurityKey => Hmac.Contains(algorithm),
        JsonWebKey published =>
            OfKind(published).Contains(algorithm) && (string.IsNullOrEmpty(published.Alg) || published.Alg == algorithm),
        _ => false,
    };

    private static string[] OfKind(JsonWebKey key) => (key.Kty, key.Crv) switch
    {
        (JsonWebAlgorithmsKeyTypes.RSA, _) => Rsa,
        (JsonWebAlgorithmsKeyTypes.EllipticCurve, JsonWebKeyECTypes.P256) => [SecurityAlgorithms.EcdsaSha256],
        (JsonWebAlgorithmsKeyTypes.EllipticCurve, JsonWebKeyECTypes.P384) => [SecurityAlgorithms.EcdsaSha384],
        (JsonWebAlgorithmsKeyTypes.EllipticCurve, JsonWebKeyECTypes.P521) => [SecurityAlgorithms.EcdsaSha512],
        _ => [],
    };
}
