using System.Text.RegularExpressions;

namespace SdkChat.Browser.Tests.Screenshots;

/// <summary>Dialogs and states that no page begins with, each on a phone and on a desk: to be looked at, not to be kept.</summary>
internal static class States
{
    private static readonly (int Width, int Height, string Theme, string Language)[] Looks =
    [
        (390, 844, "dark", "en"), (390, 844, "light", "ja"), (390, 844, "light", "ko"), (1440, 900, "light", "en"),
        (1440, 900, "dark", "ko"), (1440, 900, "dark", "ja"),
    ];

    private static IReadOnlyList<Shot> All { get; } =
    [
        Tenant("help", "/console", page => page.Keyboard.PressAsync("?")),
        Tenant("palette", "/console", async page =>
        {
            await page.Keyboard.PressAsync("Control+k");
            await page.GetByTestId("palette-input").FillAsync("a");
        }),
        Tenant("views", "/console#/chats?status=error", page => page.GetByTestId("views").ClickAsync()),
        Tenant("alerts", "/console", page => page.GetByTestId("alerts").ClickAsync()),
        Tenant("export", "/console#/chats?status=error", page => page.GetByTestId("export").ClickAsync()),
        Tenant("export-progress", "/console", ExportHalfWayAsync),
        Tenant("found-nothing", "/console#/chats?q=zzzz", page => Expect(page.GetByTestId("searched")).ToBeVisibleAsync()),
        Tenant("found", "/console#/chats?q=%EC%A0%80%EB%85%81", page => Expect(page.Locator("mark").First).ToBeVisibleAsync()),
        Tenant(
            "unknown-chat", "/console#/chats/01970b6e-6a64-7c11-9d5e-3f1f2b6a9c02",
            page => Expect(page.GetByTestId("detail-back")).ToBeVisibleAsync()),
        Tenant("list-outage", "/console", async page =>
        {
            await page.RouteAsync("**/api/v1/**", route => route.FulfillAsync(new RouteFulfillOptions
            {
                Status = 503, ContentType = "application/json", Body = """{"success":false,"code":"UNAVAILABLE","message":"Not now."}""",
            }));
            await page.ReloadAsync();
            await Expect(page.GetByTestId("error").First).ToBeVisibleAsync();
        }),
        Tenant("toasts", "/console", null) with { WithEvent = true },
        Tenant("key-new", "/console#/keys", page => page.GetByTestId("key-new").ClickAsync()),
        Tenant("key-made", "/console#/keys", async page =>
        {
            await page.GetByTestId("key-new").ClickAsync();
            await page.GetByTestId("key-name").FillAsync("iOS 앱, 本店");
            await page.GetByTestId("key-make").ClickAsync();
            await Expect(page.GetByTestId("key-shown")).ToBeVisibleAsync();
        }),
        Tenant("key-revoke", "/console#/keys", page => page.GetByTestId("key-revoke").First.ClickAsync()),
        Tenant("screen-link", "/console#/keys", async page =>
        {
            await page.GetByTestId("screen-new").ClickAsync();
            await page.GetByTestId("screen-name").FillAsync("Counter 2, 2층");
            await page.GetByTestId("screen-dialog-submit").ClickAsync();
            await Expect(page.GetByTestId("screen-link")).ToBeVisibleAsync();
        }),
        Tenant("screens", "/console#/keys", page => page.GetByTestId("screens-table").ScrollIntoViewIfNeededAsync()),
        Tenant("plan", "/console#/keys", page => page.GetByTestId("plan-picture").ScrollIntoViewIfNeededAsync()),
        Tenant("plan-new", "/console#/keys", async page =>
        {
            await page.GetByTestId("plan-new").ClickAsync();
            await page.GetByTestId("plan-file")
                .SetInputFilesAsync(new FilePayload { Name = "shop.png", MimeType = "image/png", Buffer = "no picture"u8.ToArray() });
            await page.GetByTestId("plan-dialog-submit").ClickAsync();
            await Expect(page.GetByTestId("plan-dialog-error")).Not.ToBeEmptyAsync();
        }),
        Tenant("wall-night", "/console/wall", async page =>
        {
            await page.EvaluateAsync(
                "localStorage.setItem('sdkchat.wall-night', `${new Date().getHours()}-${(new Date().getHours() + 2) % 24}`)");
            await page.ReloadAsync();
            await Expect(page.GetByTestId("wall-waiting")).ToContainTextAsync(new Regex(@"\d"));
            await page.GetByTestId("wall").HoverAsync();
        }),
        Tenant("sign-in-wrong", "/console", async page =>
        {
            await page.GetByTestId("sign-in-token").FillAsync("eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.x");
            await page.GetByTestId("sign-in-token").PressAsync("Enter");
            await Expect(page.GetByTestId("sign-in-error")).Not.ToBeEmptyAsync();
        }) with { SignedIn = false },
        Backoffice("erase", "/console/admin#/shoppers/{profile}", async page =>
        {
            await page.GetByTestId("shopper-erase").ClickAsync();
            await page.GetByTestId("erase-confirm").FillAsync("Emma");
            await page.GetByTestId("erase-submit").ClickAsync();
            await Expect(page.GetByTestId("erase-error")).Not.ToBeEmptyAsync();
        }),
        Backoffice("erase-by-id", "/console/admin#/tenants/{tenant}", page => page.GetByTestId("tenant-erase").ClickAsync()),
        Backoffice("tenant-picker", "/console/admin#/chats", page => page.GetByTestId("filter-tenant").FillAsync("a")),
        Backoffice("tenant-new", "/console/admin", async page =>
        {
            await page.GetByTestId("tenant-new").ClickAsync();
            await page.Locator("dialog input").First.FillAsync("Not A Code");
            await page.GetByTestId("new-tenant-submit").ClickAsync();
        }),
        Backoffice("tenant-disable", "/console/admin#/tenants/{tenant}", page => page.GetByTestId("tenant-toggle").ClickAsync()),
        Backoffice("block", "/console/admin#/blocks", async page =>
        {
            await page.GetByTestId("block-new").ClickAsync();
            await page.GetByTestId("block-tenant").FillAsync("no-such-shop");
            await page.GetByTestId("block-subject").FillAsync("demo-admin");
            await page.GetByTestId("block-reason").FillAsync("Token on a lost laptop");
            await page.GetByTestId("block-person-submit").ClickAsync();
            await Expect(page.GetByTestId("block-person-error")).Not.ToBeEmptyAsync();
        }),
        Backoffice("palette-backoffice", "/console/admin", async page =>
        {
            await page.Keyboard.PressAsync("Control+k");
            await page.GetByTestId("palette-input").FillAsync("demo");
        }),
        Backoffice("help-backoffice", "/console/admin", page => page.Keyboard.PressAsync("?")),
    ];

    public static IEnumerable<Shot> Every() =>
        from shot in All
        from look in Looks
        select shot with
        {
            Name = $"{shot.Name}-{look.Width}-{look.Theme}-{look.Language}", Width = look.Width, Height = look.Height, Theme = look.Theme,
            Language = look.Language,
        };

    private static Shot Tenant(string name, string path, Func<IPage, Task>? act) => new(name, path, 0, 0) { Act = act };

    private static Shot Backoffice(string name, string path, Func<IPage, Task> act) =>
        new(name, path, 0, 0, Backoffice: true) { Act = act };

    /// <summary>The export's response does not end while the picture is made.</summary>
    private static async Task ExportHalfWayAsync(IPage page)
    {
        await page.EvaluateAsync(
            """
            () => {
              const ask = window.fetch;
              window.fetch = async (...call) => {
                const answer = await ask(...call);
                if (!String(call[0]?.url ?? call[0]).includes('/export')) return answer;
                const rows = (await answer.text()).split('\n').slice(0, 121).join('\n') + '\n';
                return new Response(new ReadableStream({ start: (control) => control.enqueue(new TextEncoder().encode(rows)) }), { status: 200, headers: answer.headers });
              };
            }
            """);
        await page.GetByTestId("export").ClickAsync();
        await page.GetByTestId("export-start").ClickAsync();
        await Expect(page.GetByTestId("export-state")).ToContainTextAsync(new Regex(@"\d"));
    }
}
