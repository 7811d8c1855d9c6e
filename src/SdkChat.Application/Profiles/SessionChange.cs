namespace SdkChat.Application.Profiles;

/// <summary>The outcome of starting or ending a session.</summary>
/// <param name="ProfileExists">False when the tenant has no such profile, or it is deleted.</param>
/// <param name="Session">The session that was started or ended; null when the profile's sessions did not allow it.</param>
public sealed record SessionChange(bool ProfileExists, ProfileSession? Session);
