using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Profiles;

/// <summary>The result of setting a stamp.</summary>
/// <param name="ProfileExists">False when the tenant has no such profile, or it is deleted.</param>
/// <param name="Session">The session that was stamped; null when nothing was stored.</param>
/// <param name="StampedAt">The stamp's instant: never before the session's start.</param>
/// <param name="IsFull">The active session has as many stamps as a session may.</param>
public sealed record StampOutcome(bool ProfileExists, ProfileSessionId? Session, DateTimeOffset StampedAt, bool IsFull);
