using SdkChat.Application.Tenants;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Tests.Tenants;

public sealed class ApiKeyCacheTests
{
    private DirectoryFixture _node = null!;
    private Tenant _tenant = null!;

    [SetUp]
    public async Task SetUp()
    {
        _node = await DirectoryFixture.CreateAsync();
        _tenant = await _node.TenantAsync("demo");
        await _node.PollAsync();
    }

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Find_GoodKey_TellsWhatValidationAnswers()
    {
        var key = await _node.KeyAsync(_tenant, TimeSpan.FromDays(1));

        var found = await FindAsync(key.Secret);

        found.Should().Be(new ApiKey(_tenant.Id, key.Prefix, _node.Clock.Now(), _node.Clock.Now().AddDays(1)));
    }

    [Test]
    public async Task Find_KnownPrefixWrongEnding_IsNull()
    {
        var key = await _node.KeyAsync(_tenant);
        var last = key.Secret[^1] == 'x' ? 'y' : 'x';

        (await FindAsync(key.Secret[..^1] + last)).Should().BeNull();
        (await FindAsync(key.Prefix)).Should().BeNull();
        (await FindAsync(SdkKey.Create(_tenant.Code).Secret)).Should().BeNull();
    }

    [Test]
    public async Task Find_Malformed_AsksNoDatabase()
    {
        await _node.DisposeAsync();

        (await FindAsync("osk_demo_short")).Should().BeNull();
        (await FindAsync("")).Should().BeNull();
        await FluentActions.Awaiting(() => FindAsync(SdkKey.Create(_tenant.Code).Secret)).Should().ThrowAsync<Exception>();
    }

    [Test]
    public async Task Find_SecondTime_IsServedFromMemory()
    {
        var key = await _node.KeyAsync(_tenant);
        await _node.PollAsync();
        await FindAsync(key.Secret);
        await _node.ForgetSilentlyAsync();

        (await FindAsync(key.Secret)).Should().NotBeNull();
    }

    [Test]
    public async Task Find_WhileTheDatabaseIsSilent_ServesNothingFromMemory()
    {
        var key = await _node.KeyAsync(_tenant);
        await _node.PollAsync();
        await FindAsync(key.Secret);
        await _node.ForgetSilentlyAsync();

        _node.Clock.Advance(TimeSpan.FromSeconds(4));

        (await FindAsync(key.Secret)).Should().BeNull();
    }

    [Test]
    public async Task Find_RevokedKey_IsRefusedFromTheNextPollOn()
    {
        var key = await _node.KeyAsync(_tenant);
        await _node.PollAsync();
        (await FindAsync(key.Secret)).Should().NotBeNull();

        await _node.Keys.RevokeAsync(_tenant.Id, key.Prefix, _node.Clock.Now(), default);
        await _node.PollAsync();

        (await FindAsync(key.Secret)).Should().BeNull();
    }

    [Test]
    public async Task FindInAnyState_KeyThatIsNotActive_IsFoundWithItsStateAndNotUsed()
    {
        var (revoked, expired) = (await _node.KeyAsync(_tenant), await _node.KeyAsync(_tenant, TimeSpan.FromSeconds(1)));
        await _node.Keys.RevokeAsync(_tenant.Id, revoked.Prefix, _node.Clock.Now(), default);
        _node.Clock.Advance(TimeSpan.FromSeconds(1));

        (await _node.Directory.FindInAnyStateAsync(revoked.Secret, default))!.StateAt(_node.Clock.Now()).Should().Be(ApiKeyState.Revoked);
        (await _node.Directory.FindInAnyStateAsync(expired.Secret, default))!.StateAt(_node.Clock.Now()).Should().Be(ApiKeyState.Expired);
        (await _node.Directory.FindInAnyStateAsync(revoked.Secret[..^1] + (revoked.Secret[^1] == 'x' ? 'y' : 'x'), default))
            .Should().BeNull();
        await _node.Uses.WriteAsync(default);
        (await _node.Rows.ScalarAsync<long>("select count(*) from api_key_use")).Should().Be(0);
    }

    [Test]
    public async Task Revision_StatementThatChangesNoRow_IsNotMoved()
    {
        var other = await _node.TenantAsync("other");
        var key = await _node.KeyAsync(_tenant);
        await _node.Keys.RevokeAsync(_tenant.Id, key.Prefix, _node.Clock.Now(), default);
        var before = await RevisionAsync();

        (await _node.Keys.RevokeAsync(other.Id, key.Prefix, _node.Clock.Now(), default)).Should().BeNull("the key is another tenant's");
        await _node.Keys.RevokeAsync(_tenant.Id, key.Prefix, _node.Clock.Now(), default);
        await _node.Tenants.UpdateAsync(_tenant.Id, _tenant.Name, true, default);
        (await RevisionAsync()).Should().Be(before);

        await _node.Tenants.UpdateAsync(_tenant.Id, "Other name", null, default);
        (await RevisionAsync()).Should().Be(before + 1);
    }

    private Task<long> RevisionAsync() => _node.Rows.ScalarAsync<long>("select revision from directory_revision");

    [Test]
    public async Task Find_CachedKeyThatExpires_IsRefusedToTheMillisecond()
    {
        var key = await _node.KeyAsync(_tenant, TimeSpan.FromSeconds(2));
        await _node.PollAsync();
        (await FindAsync(key.Secret)).Should().NotBeNull();

        _node.Clock.Advance(TimeSpan.FromMilliseconds(1999));
        (await FindAsync(key.Secret)).Should().NotBeNull();
        _node.Clock.Advance(TimeSpan.FromMilliseconds(1));

        (await FindAsync(key.Secret)).Should().BeNull();
    }

    [Test]
    public async Task TenantCache_DisabledTenant_IsSeenFromTheNextPollOn()
    {
        await _node.TenantCache.FindAsync(_tenant.Id, default);

        (await _node.Tenants.UpdateAsync(_tenant.Id, null, false, default))!.Enabled.Should().BeFalse();
        await _node.PollAsync();

        (await _node.TenantCache.FindAsync(_tenant.Id, default))!.Enabled.Should().BeFalse();
    }

    private async Task<ApiKey?> FindAsync(string key) => await _node.Directory.FindAsync(key, default);
}
