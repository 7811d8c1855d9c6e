using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Profiles;

/// <summary>An existing profile and its active session.</summary>
/// <param name="ActiveSession">Null if no session is open.</param>
public sealed record ProfileVisit(ProfileSessionId? ActiveSession);
