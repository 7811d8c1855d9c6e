using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Live;

/// <summary>Which of its tenant's events a stream carries. <c>ready</c> and <c>ping</c> are always sent.</summary>
/// <param name="Events">The kinds; at least one.</param>
/// <param name="Profile">Only this profile's events; null for all.</param>
public readonly record struct StreamFilter(LiveEvents Events, ProfileId? Profile = null)
{
    /// <summary>The filter of a request without parameters.</summary>
    public static readonly StreamFilter Default = new(LiveEvents.Default);

    public bool Accepts(LiveEvents kind, ProfileId profile) => (Events & kind) != 0 && (Profile is not { } only || only == profile);
}
