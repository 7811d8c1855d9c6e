using SdkChat.Browser.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>
/// The main path in engines other than Chromium's: sign in, list, filter, live event, chat, restart of the service, expiry of the token.
/// </summary>
public sealed class OtherEngineTests : ConsoleTest
{
    private const string RecordFaults =
        """
        (() => {
          window.faults = [];
          addEventListener('error', (event) => faults.push(event.message));
          addEventListener('unhandledrejection', (event) => faults.push(String(event.reason)));
          addEventListener('securitypolicyviolation', (event) => faults.push(event.violatedDirective + ' ' + event.sample));
        })()
        """;

    [Test]
    public async Task Firefox_OnTheMainPath_DoesWhatChromiumDoes()
    {
        if (Firefox.Path is null)
            Assert.Ignore("Firefox is not installed (./sdkchat test installs it).");
        await using var firefox = await Firefox.StartAsync(("intl.accept_languages", "'en-US'"));
        await WalkAsync(firefox);
    }

    [Test]
    public async Task WebKit_OnTheMainPath_DoesWhatChromiumDoes()
    {
        if (WebKit.Missing is { } missing)
            Assert.Ignore($"{missing} is not installed (./sdkchat test installs webkit2gtk-driver and xvfb).");
        await using var webKit = await WebKit.StartAsync();
        await WalkAsync(webKit);
    }

    private async Task WalkAsync(ForeignBrowser browser)
    {
        await Shop.HistoryAsync(1, "error");
        await Shop.HistoryAsync(2);
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked);
        var port = Programs.FreePort();
        var api = await TestApi.StartAsync(Stage.ConnectionString, Stage.Settings, port: port);
        await SignInAsync(browser, api);

        await FilterAsync(browser);
        await SeeAnEventAsync(browser, asked);
        await ReadAChatAsync(browser, asked.Chat);

        await api.DisposeAsync();
        await UntilAsync(browser, $"['reconnecting', 'offline'].includes({Connection})", "true");
        var meanwhile = await Shop.AskAsync();
        await using var restarted = await TestApi.StartAsync(Stage.ConnectionString, Stage.Settings, port: port);
        await UntilAsync(browser, Connection, "live");
        await UntilAsync(browser, $"{First("chat-row")}.dataset.chatId", meanwhile.Chat.ToString());
        (await browser.EvaluateAsync("JSON.stringify(window.faults)")).Should().Be("[]");

        await ExpireAsync(browser, restarted);
    }

    /// <summary>Types the token into the field, which has the focus.</summary>
    private async Task SignInAsync(ForeignBrowser browser, TestApi api)
    {
        await browser.GotoAsync(new Uri(api.BaseAddress, "/console"));
        await browser.EvaluateAsync(RecordFaults);
        await UntilAsync(browser, "document.activeElement.dataset.testid", "sign-in-token");
        await browser.TypeAsync($"{Shop.Token()}{ForeignBrowser.Enter}");
        await UntilAsync(browser, Connection, "live");
        await UntilAsync(browser, Rows, "4");
    }

    private static async Task FilterAsync(ForeignBrowser browser)
    {
        await browser.EvaluateAsync("document.querySelector('[data-testid=filter-status] input[value=error]').click()");
        await UntilAsync(browser, Rows, "1");
        (await browser.EvaluateAsync("location.hash")).Should().Contain("status=error");
        await UntilAsync(browser, $"{First("count-error")}.textContent", "1");
        await browser.EvaluateAsync("history.back()");
        await UntilAsync(browser, Rows, "4");
    }

    /// <summary>A back list comes by the stream alone.</summary>
    private async Task SeeAnEventAsync(ForeignBrowser browser, (Guid Profile, Guid Chat) asked)
    {
        await Shop.TriggerAsync(asked);
        await UntilAsync(browser, $"{First("toast")}?.textContent.includes('Udon is on sale')", "true");
    }

    private static async Task ReadAChatAsync(ForeignBrowser browser, Guid chat)
    {
        await browser.TypeAsync($"j{ForeignBrowser.Home}{ForeignBrowser.Enter}");
        await UntilAsync(browser, $"{First("chat-detail")}?.dataset.chatId", chat.ToString());
        await UntilAsync(browser, $"{First("todos")}?.textContent.includes('Boil the noodles')", "true");
    }

    /// <summary>A token that is about to expire takes the place of the good one, for the stream too.</summary>
    private async Task ExpireAsync(ForeignBrowser browser, TestApi api)
    {
        // A slow machine may take longer than it has left: then it is refused, and another is tried.
        await Eventually.TrueAsync(async () => await browser.EvaluateAsync(
            $$"""fetch('/console/session', { method: 'POST', headers: { Authorization: 'Bearer {{Shop.Token(TimeSpan.FromSeconds(-20))}}' } }).then(({ status }) => status)""")
            == "200");
        await browser.GotoAsync(new Uri(api.BaseAddress, "/console?expires"));
        await UntilAsync(browser, "document.activeElement?.dataset.testid", "sign-in-token");
        await UntilAsync(browser, Connection, "signed-out");
        await UntilAsync(browser, Rows, "0");
        await browser.TypeAsync($"{Shop.Token()}{ForeignBrowser.Enter}");
        await UntilAsync(browser, Rows, "5");
        await UntilAsync(browser, Connection, "live");
    }

    private const string Connection = "document.querySelector('[data-testid=connection]')?.dataset.state";

    private const string Rows = "document.querySelectorAll('[data-testid=chat-row]').length";

    private static string First(string testId) => $"document.querySelector('[data-testid={testId}]')";

    /// <summary>The page itself looks again and again: each question over its protocol costs a browser processor time.</summary>
    private static async Task UntilAsync(ForeignBrowser browser, string expression, string value)
    {
        var last = await browser.EvaluateAsync(
            $$"""
            new Promise((done) => {
              const began = performance.now();
              const look = () => {
                let last;
                try { last = String({{expression}}) } catch (error) { last = `thrown: ${error}` }
                if (last === '{{value}}' || performance.now() - began > {{Deadlines.Soon.TotalMilliseconds}}) done(last);
                else setTimeout(look, 20);
              };
              look();
            })
            """);
        last.Should().Be(value, expression);
    }
}
