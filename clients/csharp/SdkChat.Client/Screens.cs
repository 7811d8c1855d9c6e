namespace SdkChat.Client;

/// <summary>A screen that shows the tenant's wall without a user's sign-in, or a link for one.</summary>
/// <param name="ScreenId">The screen.</param>
/// <param name="Name">For people.</param>
/// <param name="CreatedAt">When its link was made.</param>
/// <param name="CreatedBy">Who made it, as the token says; null where it does not.</param>
/// <param name="ActivatedAt">When the link was used; null if it was not used yet.</param>
/// <param name="LastUsedAt">
/// When the screen called last, at most a minute and <c>ApiKeys:LastUseFlushSeconds</c> behind; null if it has not.
/// </param>
/// <param name="UsableUntil">From this instant the unused link does not work; null once it was used.</param>
public sealed record Screen(
    Guid ScreenId,
    string Name,
    DateTimeOffset CreatedAt,
    string? CreatedBy,
    DateTimeOffset? ActivatedAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? UsableUntil);

/// <summary>A link that signs a screen in.</summary>
/// <param name="ScreenId">The screen.</param>
/// <param name="Name">For people.</param>
/// <param name="Path">The link, without the host. It works once, and is shown only here.</param>
/// <param name="UsableUntil">From this instant the link does not work.</param>
public sealed record AddedScreen(Guid ScreenId, string Name, string Path, DateTimeOffset UsableUntil)
{
    /// <summary>Without the link, so that logs do not have it.</summary>
    public override string ToString() => Name;
}

/// <summary>The tenant's screens.</summary>
/// <param name="Items">Newest first.</param>
internal sealed record Screens(IReadOnlyList<Screen> Items);
