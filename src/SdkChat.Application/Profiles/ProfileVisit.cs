using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Profiles;

/// <summary>A profile that is there, and whether its shopper is visiting now.</summary>
/// <param name="ActiveSession">Null when no session is open.</param>
public sealed record ProfileVisit(ProfileSessionId? ActiveSession);
