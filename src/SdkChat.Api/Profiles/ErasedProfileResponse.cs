using SdkChat.Application.Profiles;
using SdkChat.Domain.Profiles;

namespace SdkChat.Api.Profiles;

/// <summary>The person to erase.</summary>
/// <param name="ProfileId">The person's profile, whether deleted or not.</param>
/// <param name="Confirm">
/// The name of the person, as the profile has it, or the id of the profile. A profile without a name takes the id alone.
/// </param>
public sealed record EraseProfileRequest(Guid? ProfileId, string? Confirm);

/// <summary>What was erased.</summary>
public sealed class ErasedProfileResponse
{
    public required Guid ProfileId { get; init; }

    /// <summary>
    /// The id of the erasure's record, which does not identify the person; null if the tenant has no such profile (any more).
    /// </summary>
    public required Guid? ErasureId { get; init; }

    /// <summary>Null if nothing was erased.</summary>
    public required DateTimeOffset? ErasedAt { get; init; }

    /// <summary>The number of chats that were erased, with prompts and results.</summary>
    public required int Chats { get; init; }

    /// <summary>The number of sessions that were erased, with their stamps.</summary>
    public required int Sessions { get; init; }

    internal static ErasedProfileResponse From(ProfileId profile, Erasure? erasure) => new()
    {
        ProfileId = profile.Value, ErasureId = erasure?.Id, ErasedAt = erasure?.At, Chats = erasure?.Chats ?? 0,
        Sessions = erasure?.Sessions ?? 0,
    };
}
