using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SdkChat.Domain.Tenants;

/// <summary>
/// A secret of a screen: the code in its link, or the token in its cookie. Storage has its <see cref="Hash"/>, never the text.
/// </summary>
public sealed class ScreenSecret
{
    private const int Bytes = 32;

    /// <summary>Characters of 32 bytes in base64url.</summary>
    public const int Length = 43;

    private ScreenSecret(string text) => Text = text;

    /// <summary>It must not be logged.</summary>
    public string Text { get; }

    /// <summary>Creates a secret from the operating system's random numbers.</summary>
    public static ScreenSecret Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <returns>Null for a text that cannot be a secret.</returns>
    public static ScreenSecret? Parse(string? text) =>
        text is { Length: Length } && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? new ScreenSecret(text)
            : null;

    /// <summary>SHA-256. A slow hash would add no protection: the secret has 256 random bits.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <summary>Not the secret, so that one that is logged by mistake stays secret.</summary>
    public override string ToString() => nameof(ScreenSecret);
}
