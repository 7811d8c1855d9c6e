using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>SHA-256 of a token.</summary>
internal readonly record struct TokenHash(UInt128 First, UInt128 Second)
{
    private const int UsualLength = 1024;

    public static TokenHash Create(ReadOnlySpan<char> token)
    {
        // Other characters than ASCII become question marks. No valid token contains either.
        Span<byte> text = token.Length <= UsualLength ? stackalloc byte[UsualLength] : new byte[token.Length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.ASCII.GetBytes(token, text)], hash);
        return new TokenHash(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
