using System.Text.Json;

namespace SdkChat.Browser.Tests;

/// <summary>Text of strangers is text, and the page's policy stands behind that.</summary>
public sealed class HostileTests : ConsoleTest
{
    private const string Attack = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>{{7*7}}";

    [Test]
    public async Task Text_WithMarkupInIt_IsShownAsText()
    {
        var items = JsonSerializer.Serialize(new object?[]
        {
            new
            {
                id = Attack, text = Attack, title = Attack, message = Attack, name = Attack, reason = new { en = Attack }, quantity = 1,
                price = Attack, currency = Attack, position = new { x = 0.5, y = 0.5 },
            },
            Attack, 42, null, new[] { Attack }, new { position = Attack, title = new { deep = Attack } },
        });
        var asked = await Shop.AskAsync(Attack, new { name = Attack, locale = Attack, gender = Attack });
        await Shop.CompleteAsync(asked, items, items, items);
        var page = await LivePageAsync();
        await Row(page, asked.Chat).ClickAsync();
        await Expect(page.GetByTestId("detail-prompt")).ToHaveTextAsync(Attack);
        await Expect(page.GetByTestId("todos")).ToContainTextAsync(Attack);
        await Expect(page.GetByTestId("recommended")).ToContainTextAsync(Attack);
        await Expect(page.GetByTestId("notifications")).ToContainTextAsync(Attack);

        await Shop.TriggerAsync(asked);
        await Expect(page.GetByTestId("toast")).ToContainTextAsync(Attack);
        foreach (var language in new[] { "ko", "ja" })
            await page.GetByTestId("language").SelectOptionAsync(language);

        (await page.Locator("img[src=x], #console script").CountAsync()).Should().Be(0);
        (await page.EvaluateAsync<bool>("'hacked' in window")).Should().BeFalse();
    }

    [Test]
    public async Task Address_WithMarkupInIt_IsNothing()
    {
        var page = await OpenAsync(await BrowserAsync(), "/console#/chats/" + Uri.EscapeDataString(Attack));

        await Expect(page.GetByTestId("chat-list")).ToHaveCountAsync(1);
        (await page.EvaluateAsync<bool>("'hacked' in window")).Should().BeFalse();
    }

    [Test, Property("Provokes", "complaints")]
    public async Task Script_SmuggledIntoThePage_IsNotRun()
    {
        var page = await (await BrowserAsync()).NewPageAsync();
        await page.RouteAsync("**/console", async route =>
        {
            var response = await route.FetchAsync();
            var body = (await response.TextAsync()).Replace(
                "</body>",
                "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'><p id=planted style='color:red'>x</p></body>",
                StringComparison.Ordinal);
            await route.FulfillAsync(new RouteFulfillOptions { Response = response, Body = body });
        });
        await page.GotoAsync("/console");
        await Expect(page.Locator("#planted")).ToHaveCountAsync(1);

        (await page.EvaluateAsync<bool>("'hacked' in window")).Should().BeFalse();
        (await page.EvaluateAsync<string>("getComputedStyle(document.getElementById('planted')).color")).Should().NotBe("rgb(255, 0, 0)");
        (await page.EvaluateAsync<string>(
            "(() => { try { document.body.innerHTML = '<b>x</b>'; return 'set' } catch (e) { return e.name } })()"))
            .Should().Be("TypeError");
        Complaints.Should().Contain(text => text.Contains("script-src")).And.Contain(text => text.Contains("style-src"));
    }
}
