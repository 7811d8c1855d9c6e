using SdkChat.Client.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.CSharp;

/// <summary>Statistics, search, export and waits by the .NET client, against the real service.</summary>
public sealed class HistoryTests
{
    private Shop _shop = null!;
    private SdkChatClient _tenant = null!;
    private SdkChatClient _backoffice = null!;
    private Guid _failed;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        _shop = await Shop.OpenAsync();
        _failed = await _shop.Rows.ChatAsync(_shop.Tenant, _shop.Profile, status: "error");
        _tenant = new SdkChatClient(
            new SdkChatClientOptions { BaseAddress = _shop.Address, Token = _ => ValueTask.FromResult(_shop.Token) });
        _backoffice = new SdkChatClient(
            new SdkChatClientOptions { BaseAddress = _shop.Address, Token = _ => ValueTask.FromResult(_shop.Api.BackofficeToken()) });
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        _tenant.Dispose();
        _backoffice.Dispose();
        await _shop.DisposeAsync();
    }

    [Test]
    public async Task Stats_OfARange_AreThoseOfTheList()
    {
        var chat = await _tenant.GetChatAsync(_failed);
        var query = new StatsQuery(
            chat.CreatedAt.AddHours(-1), chat.CreatedAt.AddHours(1), StatsBucketUnit.Hour, "Asia/Kolkata", _shop.Profile);

        var own = await _tenant.GetStatsAsync(query);
        var all = await _backoffice.GetAllStatsAsync(query with { Tenant = _shop.Tenant, ByTenant = true, Questions = true });

        (own.Bucket, own.Tz, own.Total.Error, own.Groups).Should().Be(("hour", "Asia/Kolkata", 1, null));
        own.Buckets.Sum(bucket => bucket.Started)
            .Should().Be(own.Total.Started).And.Be((await _tenant.CountChatsAsync(new ChatFilter { Profile = _shop.Profile })).Total);
        own.Errors.Should().Equal(new ErrorCount("The pipeline failed.", 1));
        own.Questions.Should().BeNull();
        all.Questions!.Sum(question => question.Count).Should().Be(own.Total.Started);
        all.Groups.Should().ContainSingle().Which.Total.Should().Be(own.Total);
    }

    [TestCase("failed", 1)]
    [TestCase("no such word & more", 0)]
    public async Task Search_Words_FindsTheChats(string words, int found) =>
        (await _tenant.FindChatsAsync(new ChatFilter { Search = words })).Total.Should().Be(found);

    [Test]
    public async Task Export_OfAFilter_HasItsRows()
    {
        var errors = new ChatFilter { Statuses = ["error"] };

        (await _tenant.ExportChatsAsync(errors).ToArrayAsync()).Should().Equal((await _tenant.FindChatsAsync(errors)).Items);
        (await _tenant.ExportChatDetailsAsync(errors).SingleAsync()).LastError.Should().Be("The pipeline failed.");
        (await _backoffice.ExportAllChatsAsync(errors).SingleAsync()).TenantId.Should().Be(_shop.Tenant);
    }

    [Test]
    public async Task ExportTo_AStream_WritesTheFile()
    {
        using var file = new MemoryStream();

        await _backoffice.ExportToAsync(file, ChatExportFormat.Csv, new ChatFilter { Statuses = ["error"] }, allTenants: true);

        var lines = System.Text.Encoding.UTF8.GetString(file.ToArray()).Split("\r\n");
        lines[0].Should().StartWith("tenant_id,chat_id,");
        lines[1].Should().Contain(_failed.ToString());
    }

    [Test]
    public async Task Wait_ForAChat_EndsWhenItIsAsWanted()
    {
        var chat = await _shop.Rows.ChatAsync(_shop.Tenant, _shop.Profile);
        var waits = new[]
        {
            _tenant.WaitForChatAsync(chat, found => found.Status == ChatStatus.Ended),
            _backoffice.WaitForAnyChatAsync(chat, found => found.Status == ChatStatus.Ended),
        };

        await EndAsync(chat);

        foreach (var wait in waits)
            (await wait.WaitAsync(Deadlines.Soon)).EndedAt.Should().NotBeNull();
        await FluentActions.Awaiting(() => _tenant.WaitForChatAsync(Guid.NewGuid(), _ => true)).Should().ThrowAsync<SdkChatException>();
    }

    private async Task EndAsync(Guid chat)
    {
        using var http = new HttpClient { BaseAddress = _shop.Address };
        http.DefaultRequestHeaders.Add("X-API-KEY", await _shop.KeyAsync());
        using var response = await http.DeleteAsync(new Uri($"/v1/chat/{_shop.Profile}/recommend/{chat}", UriKind.Relative));
        response.EnsureSuccessStatusCode();
    }
}
