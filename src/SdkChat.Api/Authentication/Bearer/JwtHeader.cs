using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>
/// The values of a token's header that are needed before its signature can be checked. Only a signed token in compact form has one: three
/// parts, none empty. An encrypted token (five parts) has none, nor has one whose header contains <c>crit</c> or a duplicate member.
/// </summary>
/// <param name="KeyId">The id of the signing key; null if the header has none.</param>
internal readonly record struct JwtHeader(string? KeyId)
{
    private const int MaxTokenLength = 8 * 1024;
    private const int MaxHeaderLength = 2 * 1024;

    public static bool TryRead(ReadOnlySpan<char> token, out JwtHeader header)
    {
        header = default;
        if (token.Length > MaxTokenLength || token.Count('.') != 2)
            return false;

        var first = token.IndexOf('.');
        var last = token.LastIndexOf('.');
        if (first == 0 || last == first + 1 || last == token.Length - 1 || first > MaxHeaderLength)
            return false;

        Span<byte> json = stackalloc byte[MaxHeaderLength];
        var status = Base64Url.DecodeFromChars(token[..first], json, out _, out var length);
        return status == OperationStatus.Done && TryParse(json[..length], out header);
    }

    private static bool TryParse(ReadOnlySpan<byte> json, out JwtHeader header)
    {
        header = default;
        try
        {
            var reader = new Utf8JsonReader(json);
            string? keyId = null;
            var seen = false;
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("crit"))
                    return false;

                var isKeyId = reader.ValueTextEquals("kid");
                reader.Read();
                if (isKeyId && (seen || reader.TokenType != JsonTokenType.String))
                    return false;
                if (isKeyId)
                    (keyId, seen) = (reader.GetString(), true);
                reader.Skip();
            }

            header = new JwtHeader(keyId);
            return !reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
