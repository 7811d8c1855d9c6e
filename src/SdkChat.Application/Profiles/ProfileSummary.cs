namespace SdkChat.Application.Profiles;

/// <summary>
/// The data of a shopper that an admin sees. It is read from the tenant's profile document, whose structure is not checked: a member that
/// is missing or has another type is null (contract, section 3).
/// </summary>
/// <param name="Age">In whole years. A string of digits is accepted.</param>
/// <param name="Locale">As the app wrote it, such as <c>ja</c>.</param>
public sealed record ProfileSummary(string? Name, string? Gender, int? Age, string? Locale);
