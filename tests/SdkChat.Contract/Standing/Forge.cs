using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SdkChat.Contract.Calls;

namespace SdkChat.Contract.Standing;

/// <summary>Takes a good token apart, and makes others like it.</summary>
internal sealed class Forge
{
    private readonly Credential _good;
    private readonly byte[]? _secret;
    private readonly string _payload;

    /// <param name="secret">The HS256 secret that the service trusts; null where only bad tokens are made.</param>
    /// <exception cref="FormatException">The token is no JWT.</exception>
    public Forge(Credential good, string? secret)
    {
        var parts = good.Value.Split('.');
        if (parts.Length != 3)
            throw new FormatException($"{good.Name} is no JWT.");
        (_good, _secret) = (good, secret is null ? null : Encoding.UTF8.GetBytes(secret));
        (Header, _payload, Signature) = (parts[0], parts[1], parts[2]);
    }

    public string Header { get; }

    public string Payload => _payload;

    public string Signature { get; }

    public JsonObject Claims => JsonNode.Parse(Base64Url.DecodeFromChars(_payload))!.AsObject();

    public static long InSeconds(int seconds) => TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds();

    public static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    /// <summary>A token that is signed as it should be, and says something else.</summary>
    public Credential With(Action<JsonObject> change)
    {
        var claims = Claims;
        change(claims);
        return _good.Forged(Sign("""{"alg":"HS256","typ":"JWT"}""", Encode(claims.ToJsonString()), _secret!));
    }

    /// <summary>A token that says the same, signed with another secret.</summary>
    public Credential SignedWith(string secret) =>
        _good.Forged(Sign("""{"alg":"HS256","typ":"JWT"}""", _payload, Encoding.UTF8.GetBytes(secret)));

    /// <summary>A token of three parts.</summary>
    public Credential Of(string header, string payload, string signature) => _good.Forged($"{header}.{payload}.{signature}");

    public Credential Of(string text) => _good.Forged(text);

    private static string Sign(string header, string payload, byte[] secret)
    {
        var signed = $"{Encode(header)}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
    }
}
