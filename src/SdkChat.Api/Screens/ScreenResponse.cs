using SdkChat.Application.Screens;

namespace SdkChat.Api.Screens;

/// <summary>A link for a screen to be made.</summary>
/// <param name="Name">The display name: 1 to 100 characters on one line.</param>
public sealed record AddScreenRequest(string? Name);

/// <summary>The tenant's screens.</summary>
/// <param name="Items">Newest first.</param>
public sealed record ScreensResponse(IReadOnlyList<ScreenResponse> Items);

/// <summary>A screen, or a link for one.</summary>
public sealed class ScreenResponse
{
    public required Guid ScreenId { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The subject of the admin who made the link; null if the token has none.</summary>
    public required string? CreatedBy { get; init; }

    /// <summary>When the link was used; null if it was not used yet.</summary>
    public required DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>When the screen called last, at most a minute and <c>ApiKeys:LastUseFlushSeconds</c> behind; null if it has not.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>From this instant the unused link does not work; null once it was used. A screen itself does not expire.</summary>
    public required DateTimeOffset? UsableUntil { get; init; }

    internal static ScreenResponse From(Screen screen) => new()
    {
        ScreenId = screen.Id, Name = screen.Name, CreatedAt = screen.CreatedAt, CreatedBy = screen.CreatedBy,
        ActivatedAt = screen.ActivatedAt, LastUsedAt = screen.LastUsedAt,
        UsableUntil = screen.ActivatedAt is null ? screen.LinkUntil : null,
    };
}

/// <summary>A link that was made, with its secret.</summary>
public sealed class AddedScreenResponse
{
    public required Guid ScreenId { get; init; }

    public required string Name { get; init; }

    /// <summary>The link, without the host. Shown only here.</summary>
    public required string Path { get; init; }

    /// <summary>From this instant the link does not work.</summary>
    public required DateTimeOffset UsableUntil { get; init; }

    internal static AddedScreenResponse From(AddedScreen added, PathString pathBase) => new()
    {
        ScreenId = added.Screen.Id, Name = added.Screen.Name, Path = $"{pathBase}/console/wall#{added.Link.Text}",
        UsableUntil = added.Screen.LinkUntil,
    };
}
