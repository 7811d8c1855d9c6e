using Microsoft.IdentityModel.Tokens;
using SdkChat.Api.Authentication.Keys;
using SdkChat.Api.Tests.Support;

namespace SdkChat.Api.Tests.Authentication;

public sealed class JwksTests
{
    [Test]
    public void Parse_Document_TakesRsaAndEcKeysForSigningAlone()
    {
        var rsa = PublishedKey.Rsa("rsa");
        var json = $$"""
            {"keys": [
              {{System.Text.Json.JsonSerializer.Serialize(rsa.Jwk)}},
              {{System.Text.Json.JsonSerializer.Serialize(PublishedKey.Ec("ec").Jwk)}},
              {{System.Text.Json.JsonSerializer.Serialize(PublishedKey.Rsa("short", bits: 1024).Jwk)}},
              {{System.Text.Json.JsonSerializer.Serialize(rsa.Jwk).Replace("\"sig\"", "\"enc\"").Replace("\"rsa\"", "\"for-encryption\"")}},
              {"kty": "oct", "kid": "oct", "k": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
              {"kty": "OKP", "crv": "Ed25519", "kid": "okp", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
              {"kty": "RSA", "kid": "empty"}, {"kid": "nothing"}, 7
            ]}
            """;

        Jwks.Parse(json).Select(key => key.KeyId).Should().Equal("rsa", "ec");
    }

    [TestCase("")]
    [TestCase("<html>Bad gateway</html>")]
    [TestCase("{}")]
    [TestCase("""{"keys": {}}""")]
    [TestCase("[]")]
    public void Parse_SomethingElse_IsRefused(string text) => ((Action)(() => Jwks.Parse(text))).Should().Throw<FormatException>();

    [TestCase("RS256", true)]
    [TestCase("PS512", true)]
    [TestCase("HS256", false)]
    [TestCase("ES256", false)]
    [TestCase("none", false)]
    public void Allow_RsaKeyThatPinsNothing_IsEveryRsaAlgorithm(string algorithm, bool allowed) =>
        PinnedAlgorithms.Allow(Key(PublishedKey.Rsa("rsa", pin: false)), algorithm).Should().Be(allowed);

    [TestCase("PS256", true)]
    [TestCase("RS256", false)]
    [TestCase("HS256", false)]
    public void Allow_RsaKeyThatPins_IsThatOneAlone(string algorithm, bool allowed) =>
        PinnedAlgorithms.Allow(Key(PublishedKey.Rsa("rsa", "PS256")), algorithm).Should().Be(allowed);

    [TestCase("ES256", true)]
    [TestCase("ES384", false)]
    [TestCase("RS256", false)]
    [TestCase("HS256", false)]
    public void Allow_EcKey_IsItsCurvesAlgorithm(string algorithm, bool allowed) =>
        PinnedAlgorithms.Allow(Key(PublishedKey.Ec("ec")), algorithm).Should().Be(allowed);

    [TestCase("HS256", true)]
    [TestCase("HS512", false)]
    [TestCase("RS256", false)]
    [TestCase("none", false)]
    [TestCase("", false)]
    public void Allow_Secret_IsHs256(string algorithm, bool allowed) =>
        PinnedAlgorithms.Allow(new SymmetricSecurityKey(new byte[32]), algorithm).Should().Be(allowed);

    [Test]
    public void Allow_KeyThatPinsAnAlgorithmOfAnotherKind_IsNone()
    {
        var key = (JsonWebKey)Key(PublishedKey.Rsa("rsa", pin: false));
        key.Alg = "HS256";

        PinnedAlgorithms.Allow(key, "HS256").Should().BeFalse();
    }

    private static SecurityKey Key(PublishedKey key) => Jwks.Parse(PublishedKey.Document(key)).Single();
}
