using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Profiles;

/// <summary>One visit of a shopper.</summary>
/// <param name="EndedAt">Null while it is the profile's active session.</param>
public sealed record ProfileSession(ProfileSessionId Session, ProfileId Profile, DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
{
    /// <summary>In the order in which they were set. Only filled for a session that was just ended.</summary>
    public IReadOnlyList<SessionStamp> Stamps { get; init; } = [];
}
