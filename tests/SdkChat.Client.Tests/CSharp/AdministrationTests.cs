using SdkChat.Client.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.CSharp;

/// <summary>Keys and tenants by the .NET client, against the real service.</summary>
public sealed class AdministrationTests
{
    private Shop _shop = null!;
    private SdkChatClient _tenant = null!;
    private SdkChatClient _backoffice = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        _shop = await Shop.OpenAsync();
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

    [TestCase(false)]
    [TestCase(true)]
    public async Task Key_LifeOfOne_IsMadeListedAndRevoked(bool isBackoffice)
    {
        var (client, tenant) = isBackoffice ? (_backoffice, _shop.Tenant) : (_tenant, (Guid?)null);

        var created = await client.CreateApiKeyAsync("iOS 앱", expiresInDays: 30, tenant);
        created.Key.Should().StartWith(created.KeyPrefix);
        created.ToString().Should().Be(created.KeyPrefix);
        (created.ExpiresAt - created.CreatedAt).Should().Be(TimeSpan.FromDays(30));

        var page = await client.ListApiKeysAsync(tenant, size: 100);
        page.Items.Should()
            .Contain(new ApiKey(created.KeyPrefix, "iOS 앱", ApiKeyStatus.Active, created.CreatedAt, created.ExpiresAt, null, null));
        page.Total.Should().Be(page.Items.Count);

        var revoked = await client.RevokeApiKeyAsync(created.KeyPrefix, tenant);
        (revoked.Status, revoked.RevokedAt.HasValue).Should().Be((ApiKeyStatus.Revoked, true));
        (await client.RevokeApiKeyAsync(created.KeyPrefix, tenant)).Should().Be(revoked);
        (await FluentActions.Awaiting(() => client.RevokeApiKeyAsync("osk_demo_00000000", tenant)).Should().ThrowAsync<SdkChatException>())
            .Which.Code.Should().Be("API_KEY_NOT_FOUND");
    }

    [Test]
    public async Task Block_LifeOfOne_IsSetListedAndRemoved()
    {
        var until = new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.FromHours(9));
        var block = await _backoffice.BlockAsync(_shop.Tenant, "taken-over", until, "The account was taken over.");

        (block.TenantId, block.Subject, block.Until, block.Reason)
            .Should().Be((_shop.Tenant, "taken-over", until, "The account was taken over."));
        (await _backoffice.ListBlocksAsync(_shop.Tenant)).Items.Should().Equal(block);
        (await _backoffice.UnblockAsync(block.BlockId)).Should().Be(block);
        (await _backoffice.ListBlocksAsync()).Total.Should().Be(0);
    }

    [Test]
    public async Task Audit_OfARead_IsSeenByTheBackofficeAndTheTenant()
    {
        await _backoffice.GetAnyChatAsync(_shop.Chat);

        var filter = new AuditFilter(
            Tenant: _shop.Tenant, Action: "read_chat", From: DateTimeOffset.UtcNow.AddHours(-2), To: DateTimeOffset.UtcNow.AddHours(2));
        AuditPage page = null!;
        await Eventually.TrueAsync(async () => (page = await _backoffice.ListAuditAsync(filter)).Total == 1);
        (page.Items[0].Caller, page.Items[0].TargetId, page.Items[0].Status).Should().Be((AuditCaller.Backoffice, (Guid?)_shop.Chat, 200));
        (await _backoffice.ListAuditAsync(filter with { Subject = "nobody & co" })).Total.Should().Be(0);

        (await _tenant.ListAccessAsync(size: 100, changes: true)).Items.Should().ContainSingle(entry => entry.ChatId == _shop.Chat)
            .Which.Action.Should().Be("read_chat");
    }

    [Test]
    public async Task Erase_OfAPerson_NeedsAConfirmationAndIsDoneOnce()
    {
        var profile = await _shop.Rows.ProfileAsync(_shop.Tenant, "{}");
        (await FluentActions.Awaiting(() => _backoffice.EraseProfileAsync(_shop.Tenant, profile, "nobody"))
            .Should().ThrowAsync<SdkChatException>())
            .Which.Code.Should().Be("VALIDATION_FAILED");
        (await _backoffice.GetAnyProfileHistoryAsync(profile)).TenantId.Should().Be(_shop.Tenant);

        var erased = await _backoffice.EraseProfileAsync(_shop.Tenant, profile, profile.ToString());
        (erased.ProfileId, erased.Chats, erased.Sessions, erased.ErasureId is null).Should().Be((profile, 0, 0, false));
        (await _backoffice.EraseProfileAsync(_shop.Tenant, profile, profile.ToString()))
            .Should().Be(new ErasedProfile(profile, null, null, 0, 0));
    }

    [Test]
    public async Task Tenant_LifeOfOne_IsAddedRenamedAndDisabled()
    {
        var added = await _backoffice.AddTenantAsync("client-test", "Client test");
        (added.Code, added.Name, added.Enabled).Should().Be(("client-test", "Client test", true));
        (await _backoffice.UpdateTenantAsync(added.TenantId, name: "Renamed")).Should().Be(added with { Name = "Renamed" });
        (await _backoffice.UpdateTenantAsync(added.TenantId, enabled: false)).Should().Be(added with { Name = "Renamed", Enabled = false });
        (await _backoffice.ListTenantsAsync(size: 100)).Items.Should().Contain(added with { Name = "Renamed", Enabled = false });

        (await FluentActions.Awaiting(() => _backoffice.AddTenantAsync("client-test", "Other")).Should().ThrowAsync<SdkChatException>())
            .Which.Code.Should().Be("TENANT_EXISTS");
    }

    [Test]
    public async Task Screen_LifeOfOne_IsAddedListedAndRevoked()
    {
        var added = await _tenant.AddScreenAsync("Counter & door");

        added.Path.Should().StartWith("/");
        added.ToString().Should().Be("Counter & door");
        var listed = (await _tenant.ListScreensAsync()).Should().ContainSingle(screen => screen.ScreenId == added.ScreenId).Subject;
        (listed.Name, listed.ActivatedAt, listed.LastUsedAt).Should().Be(("Counter & door", (DateTimeOffset?)null, (DateTimeOffset?)null));
        listed.UsableUntil.Should().Be(added.UsableUntil);
        await _tenant.RevokeScreenAsync(added.ScreenId);
        (await _tenant.ListScreensAsync()).Should().NotContain(listed);
        (await FluentActions.Awaiting(() => _tenant.RevokeScreenAsync(added.ScreenId)).Should().ThrowAsync<SdkChatException>())
            .Which.Code.Should().Be("SCREEN_NOT_FOUND");
    }

    [Test]
    public async Task Overview_OfOneTenant_HasItsNumbers()
    {
        var tenant = await _backoffice.AddTenantAsync("client-overview", "Overview & co");

        var page = await _backoffice.GetTenantOverviewAsync("Overview & co", DateTimeOffset.UtcNow.AddHours(-1), "Asia/Tokyo", size: 5);

        page.Items.Should()
            .Equal(new TenantOverview(tenant.TenantId, "client-overview", "Overview & co", true, 0, 0, 0, null, null, 0, 0, null));
        (page.Total, page.Page, page.Size, page.Nodes.Asked).Should().Be((1, 0, 5, page.Nodes.Answered));
        page.From.Should().BeCloseTo(DateTimeOffset.UtcNow.AddHours(-1), TimeSpan.FromMinutes(10));
        (await _backoffice.GetTenantOverviewAsync(page: 1000)).Items.Should().BeEmpty();
    }
}
