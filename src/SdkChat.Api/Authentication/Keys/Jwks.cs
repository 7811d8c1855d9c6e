using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SdkChat.Api.Authentication.Keys;

/// <summary>Parses JWKS documents (RFC 7517).</summary>
internal static class Jwks
{
    private const int MinRsaBits = 2048;

    /// <summary>
    /// The keys that can verify signatures: RSA and EC. Symmetric keys are ignored: a document that others may read must not contain a
    /// secret, and a key in it must never be used as one.
    /// </summary>
    /// <exception cref="FormatException">The text is not a JWKS document.</exception>
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

    /// <returns>What is wrong with the file, as a text to follow the name of the setting; null if it is valid.</returns>
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

    /// <summary>A key that cannot be parsed is skipped, so that the others can be used.</summary>
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
