using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Chats.Idempotency;

/// <summary>A call that may be sent again: the caller's key, and a fingerprint of what is asked for.</summary>
/// <param name="Key">1 to 200 characters, chosen by the caller, unique within the tenant.</param>
/// <param name="Fingerprint">
/// SHA-256 over the use case and what it was asked. Members that the call ignores, and the spelling of the JSON around
/// the values, do not count.
/// </param>
public sealed record Wish(string Key, ReadOnlyMemory<byte> Fingerprint)
{
    public const int MaxKeyLength = 200;

    /// <returns>Null when the call bore no key.</returns>
    internal static Wish? Of(string? key, string useCase, ProfileId profile, params IEnumerable<ReadOnlyMemory<byte>?> asked)
    {
        if (key is null)
            return null;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in asked.Prepend(profile.Value.ToByteArray()).Prepend(Encoding.UTF8.GetBytes(useCase)))
            Append(hash, part);
        return new Wish(key, hash.GetHashAndReset());
    }

    /// <summary>Every part is led by its length, and an absent one differs from an empty one: no two wishes look alike.</summary>
    private static void Append(IncrementalHash hash, ReadOnlyMemory<byte>? part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part?.Length ?? -1);
        hash.AppendData(length);
        hash.AppendData((part ?? default).Span);
    }
}
