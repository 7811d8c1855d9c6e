namespace SdkChat.Browser.Tests.Screenshots;

/// <summary>What a picture shows.</summary>
/// <param name="Path">
/// Of the page; <c>{chat}</c> is the chat that has just happened, <c>{profile}</c> its shopper, <c>{tenant}</c> its tenant.
/// </param>
/// <param name="WithEvent">Whether a shopper reaches the back list while the page is open.</param>
internal sealed record Shot(
    string Name, string Path, int Width, int Height, string Theme = "light", string Language = "en", bool Backoffice = false,
    bool WithEvent = false, bool SignedIn = true)
{
    /// <summary>What is done on the page before the picture is made, such as opening a dialog.</summary>
    public Func<IPage, Task>? Act { get; init; }

    /// <summary>The state of the connection that the page shows before that; null for the usual one.</summary>
    public string? Connection { get; init; }

    public static IReadOnlyList<Shot> All { get; } =
    [
        new("light", "/console#/chats/{chat}", 1440, 900, WithEvent: true),
        new("dark", "/console#/chats/{chat}", 1440, 900, Theme: "dark", WithEvent: true),
        new("list", "/console", 1280, 800),
        new("overview", "/console#/overview?time=30d", 1280, 800),
        new("shopper", "/console#/shoppers/{profile}", 1280, 800),
        new("korean", "/console#/chats/{chat}", 1280, 800, Language: "ko"),
        new("phone", "/console", 360, 740),
        new("phone-detail", "/console#/chats/{chat}", 360, 740, Theme: "dark", Language: "ja"),
        new("backoffice", "/console/admin#/chats/{chat}", 1440, 900, Backoffice: true),
        new("tenants", "/console/admin", 1280, 440, Backoffice: true),
        new("statistics", "/console/admin#/statistics", 1280, 440, Theme: "dark", Backoffice: true),
        new("streams", "/console/admin#/streams", 1280, 600, Backoffice: true),
    ];

    /// <summary>Every page at widths from a phone to a wall, in both themes and all languages: to be looked at, not to be kept.</summary>
    public static IEnumerable<Shot> EveryPage()
    {
        (int Width, int Height)[] sizes = [(390, 844), (820, 1180), (1440, 900), (2560, 1440)];
        return
            from page in Pages
            from size in sizes
            from theme in new[] { "light", "dark" }
            from language in new[] { "en", "ko", "ja" }
            select page with
            {
                Name = $"{page.Name}-{size.Width}-{theme}-{language}", Width = size.Width, Height = size.Height, Theme = theme,
                Language = language,
            };
    }

    private static IReadOnlyList<Shot> Pages { get; } =
    [
        new("sign-in", "/console", 0, 0, SignedIn: false),
        new("overview", "/console#/overview?time=30d", 0, 0),
        new("chats", "/console", 0, 0),
        new("chat", "/console#/chats/{chat}", 0, 0, WithEvent: true),
        new("shopper", "/console#/shoppers/{profile}", 0, 0),
        new("keys", "/console#/keys", 0, 0),
        new("access", "/console#/access", 0, 0),
        new("wall", "/console/wall", 0, 0),
        new("fleet", "/console/admin", 0, 0, Backoffice: true),
        new("tenant", "/console/admin#/tenants/{tenant}", 0, 0, Backoffice: true),
        new("all-chats", "/console/admin#/chats/{chat}", 0, 0, Backoffice: true),
        new("statistics", "/console/admin#/statistics", 0, 0, Backoffice: true),
        new("streams", "/console/admin#/streams", 0, 0, Backoffice: true),
        new("blocks", "/console/admin#/blocks", 0, 0, Backoffice: true),
        new("audit", "/console/admin#/audit", 0, 0, Backoffice: true),
    ];
}
