using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Tenants;
using SdkChat.Browser.Tests.Support;
using SdkChat.Development.Seeding;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests.Screenshots;

/// <summary>A service with the demo's data, a shopper who has just asked, and a browser to look at it with.</summary>
internal sealed class Studio : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly TestApi _api;
    private readonly Chromium _chromium;
    private readonly HttpClient _sdk;
    private readonly Tenant _tenant;
    private string _profile = "";
    private string _chat = "";
    private HttpResponseMessage? _stream;

    private Studio(TestDatabase database, TestApi api, Chromium chromium, Tenant tenant, string sdkKey)
    {
        (_database, _api, _chromium, _tenant) = (database, api, chromium, tenant);
        _sdk = new HttpClient { BaseAddress = api.BaseAddress };
        _sdk.DefaultRequestHeaders.Add("X-API-KEY", sdkKey);
    }

    public static async Task<Studio> OpenAsync()
    {
        var database = await TestDatabase.CreateAsync();
        // The console as it is in the source tree, so that a picture of a changed style needs no build.
        var api = await TestApi.StartAsync(
            database.OwnerConnectionString,
            new Dictionary<string, string?> { ["Console:Folder"] = Repository.Path("src/SdkChat.Api/wwwroot/console") });
        await api.Services.GetRequiredService<DemoData>().EnsureAsync(default);
        await using var scope = api.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var tenant = await mediator.Send(new FindTenantQuery(DemoData.TenantCodes[0]));
        var key = (await mediator.Send(new CreateApiKeyCommand(tenant.Code.Value))).Key.Secret;
        var studio = new Studio(database, api, await Chromium.StartAsync(), tenant, key);
        await studio.ShopAsync();
        studio._stream = await studio.ListenAsync();
        return studio;
    }

    public async Task TakeAsync(Shot shot, string file)
    {
        await using var context = await ContextAsync(shot);
        var page = await context.NewPageAsync();
        var reports = FailedPictureException.Listen(page);
        try
        {
            await TakeAsync(shot, page, file);
        }
        // PlaywrightException, TimeoutException and HttpRequestException: one picture failed, the others can still be made.
        catch (Exception cause)
        {
            throw FailedPictureException.Create(shot, page, reports, cause);
        }
    }

    private async Task TakeAsync(Shot shot, IPage page, string file)
    {
        await page.GotoAsync(PathOf(shot));
        if (shot.Path == "/console/wall")
            await Expect(page.GetByTestId("wall-waiting")).ToContainTextAsync(new Regex(@"\d"));
        else
            await Expect(page.GetByTestId("connection")).ToHaveAttributeAsync(
                "data-state", shot.Connection ?? (!shot.SignedIn ? "signed-out" : shot.Backoffice ? "polling" : "live"));
        await Expect(page.Locator("[data-testid=loading]:visible")).ToHaveCountAsync(0);
        if (shot.Path.Contains("{chat}", StringComparison.Ordinal))
            await Expect(page.GetByTestId("recommended")).ToBeVisibleAsync();
        // The floor plan is read after the list.
        if (shot is { Path: "/console" or "/console#/chats/{chat}", SignedIn: true, Width: >= 900 })
            await Expect(page.GetByTestId("store-map")).ToBeVisibleAsync();
        if (shot.WithEvent)
        {
            await CallAsync(HttpMethod.Post, $"/v1/chat/{_profile}/backlist-trigger", new { chat_id = _chat });
            await Expect(page.GetByTestId("toast")).ToBeVisibleAsync();
        }

        if (shot.Act is { } act)
            await act(page);
        await page.ScreenshotAsync(
            new PageScreenshotOptions { Path = file, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
    }

    private string PathOf(Shot shot) =>
        shot.Path.Replace("{chat}", _chat, StringComparison.Ordinal).Replace("{profile}", _profile, StringComparison.Ordinal)
            .Replace("{tenant}", _tenant.Id.ToString(), StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _stream?.Dispose();
        _sdk.Dispose();
        await _chromium.DisposeAsync();
        await _api.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>A shopper asks, and the demo's pipeline answers after a second or two.</summary>
    private async Task ShopAsync()
    {
        _profile = (await CallAsync(HttpMethod.Post, "/v1/profile", new { name = "Emma Clark", locale = "en", age = 34, gender = "F" }))
            .GetProperty("profile_id").GetString()!;
        _chat = (await CallAsync(HttpMethod.Post, $"/v1/chat/{_profile}/recommend", new { prompt = "Something warm for a rainy evening?" }))
            .GetProperty("chat_id").GetString()!;
        await Eventually.TrueAsync(async () =>
            (await CallAsync(HttpMethod.Get, $"/v1/chat/{_profile}/recommend/{_chat}")).GetProperty("status").GetString() == "completed");
    }

    /// <summary>A dashboard that is connected: the backoffice has a stream to show.</summary>
    private async Task<HttpResponseMessage> ListenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sdk-chat/events/stream");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", _api.TenantToken(_tenant.Id.Value, code: _tenant.Code.Value));
        var stream = await _sdk.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return stream.EnsureSuccessStatusCode();
    }

    private async Task<IBrowserContext> ContextAsync(Shot shot)
    {
        var context = await _chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = _api.BaseAddress.ToString(),
            ViewportSize = new ViewportSize { Width = shot.Width, Height = shot.Height },
            Locale = "en-US",
            TimezoneId = "Asia/Seoul",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout((float)Deadlines.Soon.TotalMilliseconds);
        await context.AddInitScriptAsync(
            $"localStorage.setItem('sdkchat.theme', '{shot.Theme}'); localStorage.setItem('sdkchat.language', '{shot.Language}')");
        if (!shot.SignedIn)
            return context;
        await context.AddCookiesAsync([new Cookie
        {
            Name = shot.Backoffice ? "backoffice_token" : "tenant_token",
            Value = shot.Backoffice ? _api.BackofficeToken() : _api.TenantToken(_tenant.Id.Value, code: _tenant.Code.Value),
            Url = _api.BaseAddress.ToString(),
        }]);
        return context;
    }

    private async Task<JsonElement> CallAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _sdk.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
    }
}
