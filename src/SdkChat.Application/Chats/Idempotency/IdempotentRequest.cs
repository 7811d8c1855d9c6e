using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Chats.Idempotency;

/// <summary>A request that may be repeated: the caller's key, and a fingerprint of the request.</summary>
/// <param name="Key">1 to 200 characters, chosen by the caller, unique within the tenant.</param>
/// <param name="Fingerprint">
/// SHA-256 of the use case and its parameters. It does not cover members that the use case ignores, nor the formatting of the JSON around
/// the values.
/// </param>
public sealed record IdempotentRequest(string Key, ReadOnlyMemory<byte> Fingerprint)
{
    public const int MaxKeyLength = 200;

    /// <returns>Null if the request has no key.</returns>
    internal static IdempotentRequest? Create(
        string? key, string useCase, ProfileId profile, params IEnumerable<ReadOnlyMemory<byte>?> parameters)
    {
        if (key is null)
            return null;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parameters.Prepend(profile.Value.ToByteArray()).Prepend(Encoding.UTF8.GetBytes(useCase)))
            Append(hash, part);
        return new IdempotentRequest(key, hash.GetHashAndReset());
    }

    /// <summary>
    /// Every part is preceded by its length, and an absent part differs from an empty one. Different requests therefore have different
    /// fingerprints.
    /// </summary>
    private static void Append(IncrementalHash hash, ReadOnlyMemory<byte>? part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part?.Length ?? -1);
        hash.AppendData(length);
        hash.AppendData((part ?? default).Span);
    }
}
