namespace SdkChat.Api.Chats;

/// <summary>What an admin sees of a shopper; every member is null where the profile document has no fitting value.</summary>
public sealed class ProfileSummaryResponse
{
    public required string? Name { get; init; }

    public required string? Gender { get; init; }

    /// <summary>In whole years.</summary>
    public required int? Age { get; init; }

    public required string? Locale { get; init; }
}
