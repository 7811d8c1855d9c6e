using SdkChat.Application.Tenants;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Tests.Tenants;

public sealed class TenantRegistryTests
{
    private DirectoryFixture _node = null!;

    [SetUp]
    public async Task SetUp() => _node = await DirectoryFixture.CreateAsync();

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Add_TakenCode_ChangesNothing()
    {
        var demo = await _node.TenantAsync("demo");

        (await _node.Tenants.AddAsync(demo with { Id = new TenantId(Guid.CreateVersion7()), Name = "Other" }, default)).Should().BeFalse();

        (await _node.Tenants.ListAsync(default)).Should().Equal(demo);
    }

    [Test]
    public async Task Tenants_SeveralOfThem_AreListedByCodeAndFoundByIt()
    {
        var (demo, acme) = (await _node.TenantAsync("demo"), await _node.TenantAsync("acme"));

        (await _node.Tenants.ListAsync(default)).Should().Equal(acme, demo);
        (await _node.Tenants.FindAsync(demo.Code, default)).Should().Be(demo);
    }

    [Test]
    public async Task SetEnabled_UnknownTenant_IsNull()
    {
        TenantCode.TryParse("nobody", out var nobody).Should().BeTrue();

        (await _node.Tenants.SetEnabledAsync(nobody, false, default)).Should().BeNull();
    }

    [Test]
    public async Task Keys_OfTwoTenants_AreListedByTenantThenAge()
    {
        var (demo, acme) = (await _node.TenantAsync("demo"), await _node.TenantAsync("acme"));
        var first = await _node.KeyAsync(demo);
        _node.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await _node.KeyAsync(demo, TimeSpan.FromDays(1));
        var third = await _node.KeyAsync(acme);

        (await _node.Keys.ListAsync(null, default)).Select(key => key.Prefix).Should().Equal(third.Prefix, first.Prefix, second.Prefix);
        (await _node.Keys.ListAsync(demo.Id, default)).Should().BeEquivalentTo(
            [
                new ApiKeyListItem { Tenant = demo.Code, Prefix = first.Prefix, CreatedAt = _node.Clock.Now().AddMinutes(-1) },
                new ApiKeyListItem { Tenant = demo.Code, Prefix = second.Prefix, CreatedAt = _node.Clock.Now(), ExpiresAt = _node.Clock.Now().AddDays(1) },
            ],
            options => options.WithStrictOrdering());
    }

    [Test]
    public async Task Revoke_Twice_KeepsTheFirstInstant()
    {
        var key = await _node.KeyAsync(await _node.TenantAsync("demo"));
        var first = _node.Clock.Now();

        (await _node.Keys.RevokeAsync(key.Prefix, first, default)).Should().Be(first);
        (await _node.Keys.RevokeAsync(key.Prefix, first.AddHours(1), default)).Should().Be(first);
        (await _node.Keys.RevokeAsync("osk_nobody_12345678", first, default)).Should().BeNull();
    }

    [Test]
    public async Task Keys_Stored_HoldNoSecret()
    {
        var key = await _node.KeyAsync(await _node.TenantAsync("demo"));

        (await _node.Rows.ScalarAsync<string>("select row_to_json(k)::text from api_key k")).Should()
            .Contain(key.Prefix).And.NotContain(key.Secret[key.Prefix.Length..]);
    }
}
