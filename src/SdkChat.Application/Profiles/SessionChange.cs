namespace SdkChat.Application.Profiles;

/// <summary>The outcome of starting or ending a session.</summary>
/// <param name="ProfileExists">False if the tenant has no such profile, or it is deleted.</param>
/// <param name="Session">The session that was started or ended; null if another session was open, or none.</param>
public sealed record SessionChange(bool ProfileExists, ProfileSession? Session);
