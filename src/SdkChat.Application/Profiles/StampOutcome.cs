using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Profiles;

/// <summary>The result of setting a stamp.</summary>
/// <param name="ProfileExists">False if the tenant has no such profile, or it is deleted.</param>
/// <param name="Session">The session that was stamped; null if nothing was stored.</param>
/// <param name="StampedAt">The stamp's instant: never before the session's start.</param>
/// <param name="IsFull">Whether the active session has the maximum number of stamps.</param>
public sealed record StampOutcome(bool ProfileExists, ProfileSessionId? Session, DateTimeOffset StampedAt, bool IsFull);
