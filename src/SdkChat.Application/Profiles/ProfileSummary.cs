namespace SdkChat.Application.Profiles;

/// <summary>
/// What an admin sees of a shopper. Taken from the tenant's own profile document, whose shape nobody vouches for: a member
/// that is missing or of another type is null (contract, section 3).
/// </summary>
/// <param name="Age">In whole years; a string of digits counts.</param>
/// <param name="Locale">As the app wrote it, for instance <c>ja</c>.</param>
public sealed record ProfileSummary(string? Name, string? Gender, int? Age, string? Locale);
