namespace SdkChat.Browser.Tests.Screenshots;

/// <summary>What a picture shows.</summary>
/// <param name="Path">Of the page; <c>{chat}</c> is the chat that has just happened, <c>{profile}</c> its shopper.</param>
/// <param name="WithEvent">Whether a shopper reaches the back list while the page is open.</param>
internal sealed record Shot(
    string Name, string Path, int Width, int Height, string Theme = "light", string Language = "en", bool Backoffice = false, bool WithEvent = false)
{
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
}
