using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SdkChat.Api.Authentication.Keys;

/// <summary>Reads JWKS documents (RFC 7517).</summary>
internal static class Jwks
{
    private const int MinRsaBits = 2048;

    /// <summary>
    /// The keys that may check signatures: RSA and EC. Symmetric ones are left out: a document that others may read is
    /// no place for a secret, and a key found there must never become one.
    /// </summary>
    /// <exception cref="FormatException">The text is no JWKS document.</exception>
    public static IReadOnlyList<SecurityKey> Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("keys", out var keys)
                || keys.ValueKind != JsonValueKind.Array)
                throw new FormatException("It has no array named keys.");

            return [.. keys.EnumerateArray().Select(ReadKey).OfType<JsonWebKey>().Where(IsUsable)];
        }
        catch (JsonException exception)
        {
            throw new FormatException("It is not JSON.", exception);
        }
    }

    /// <returns>What is wrong with a file, to follow the setting's name; null when it is good.</returns>
    public static string? ProblemWithFile(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path)).Count > 0 ? null : $"has no RSA or EC key in {path}.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return $"cannot be read from {path}: {exception.Message}";
        }
    }

    /// <summary>One key that cannot be read must not cost the others.</summary>
    private static JsonWebKey? ReadKey(JsonElement key)
    {
        try
        {
            return new JsonWebKey(key.GetRawText());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsUsable(JsonWebKey key) =>
        key.Use is null or "" or "sig"
        && (key.KeyOps.Count == 0 || key.KeyOps.Contains("verify"))
        && (key.Kty switch
        {
            JsonWebAlgorithmsKeyTypes.RSA => key.N is not null && key.E is not null && key.KeySize >= MinRsaBits,
            JsonWebAlgorithmsKeyTypes.EllipticCurve => key.X is not null && key.Y is not null,
            _ => false,
        });
}
