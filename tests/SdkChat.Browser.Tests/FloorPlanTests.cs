using System.Text;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>The map: the shop's own floor plan, or none.</summary>
public sealed class FloorPlanTests : ConsoleTest
{
    [Test]
    public async Task Plan_Uploaded_ShowsNotificationsWhereTheyAreUntilItIsRemoved()
    {
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked);
        var page = await LivePageAsync("/console#/chats");
        await Expect(page.GetByTestId("store-map")).ToBeHiddenAsync();
        await page.GetByTestId("nav-keys").ClickAsync();
        await page.GetByTestId("plan-new").ClickAsync();

        await UploadAsync(page, "plan.svg", "image/svg+xml", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>"));
        await Expect(page.GetByTestId("plan-dialog-error")).ToContainTextAsync("PNG, JPEG or WebP");
        await UploadAsync(page, "plan.png", "image/png", Pictures.Png(40, 40));
        await Expect(page.GetByTestId("plan-dialog-error")).ToContainTextAsync("100 to 4,096 pixels");
        await UploadAsync(page, "plan.png", "image/png", Pictures.Png(500, 250));
        await Expect(page.GetByTestId("plan-picture")).ToHaveJSPropertyAsync("naturalWidth", 500);

        await page.GetByTestId("nav-chats").ClickAsync();
        await Expect(page.GetByTestId("store-map").Locator("svg")).ToHaveAttributeAsync("viewBox", "0 0 1000 500");
        await Shop.TriggerAsync(asked);
        await Expect(page.GetByTestId("map-marker")).ToHaveAttributeAsync("transform", "translate(250 250)");
        await Expect(page.GetByTestId("map-marker")).ToBeVisibleAsync();

        await page.GetByTestId("nav-keys").ClickAsync();
        await page.GetByTestId("plan-remove").ClickAsync();
        await page.GetByTestId("confirm-yes").ClickAsync();
        await Expect(page.GetByTestId("plan-picture")).ToHaveCountAsync(0);
        await page.GetByTestId("nav-chats").ClickAsync();
        await Expect(page.GetByTestId("store-map")).ToBeHiddenAsync();
    }

    private static async Task UploadAsync(IPage page, string name, string type, byte[] content)
    {
        await page.GetByTestId("plan-file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = type, Buffer = content });
        await page.GetByTestId("plan-dialog-submit").ClickAsync();
    }
}
