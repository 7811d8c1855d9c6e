namespace SdkChat.Api.Chats;

/// <summary>The data of a shopper that an admin sees. A member is null if the profile document has no value of its type.</summary>
public sealed class ProfileSummaryResponse
{
    public required string? Name { get; init; }

    public required string? Gender { get; init; }

    /// <summary>In whole years.</summary>
    public required int? Age { get; init; }

    public required string? Locale { get; init; }
}
