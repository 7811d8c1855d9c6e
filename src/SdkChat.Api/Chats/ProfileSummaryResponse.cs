namespace SdkChat.Api.Chats;

/// <summary>What an admin sees of a shopper; every member is null where the profile document has no fitting value.</summary>
public sealed class ProfileSummaryResponse
{
    public string? Name { get; init; }

    public string? Gender { get; init; }

    /// <summary>In whole years.</summary>
    public int? Age { get; init; }

    public string? Locale { get; init; }
}
