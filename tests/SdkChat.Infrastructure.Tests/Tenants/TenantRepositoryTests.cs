using SdkChat.Application.Tenants;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Tests.Tenants;

public sealed class TenantRepositoryTests
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
    public async Task Update_UnknownTenant_IsNull() =>
        (await _node.Tenants.UpdateAsync(new TenantId(Guid.CreateVersion7()), "Name", false, default)).Should().BeNull();

    [Test]
    public async Task Update_OneMember_KeepsTheOther()
    {
        var demo = await _node.TenantAsync("demo");

        (await _node.Tenants.UpdateAsync(demo.Id, "Other", null, default)).Should().Be(demo with { Name = "Other" });
        (await _node.Tenants.UpdateAsync(demo.Id, null, false, default)).Should().Be(demo with { Name = "Other", Enabled = false });
        (await _node.Tenants.FindAsync(demo.Id, default)).Should().Be(demo with { Name = "Other", Enabled = false });
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
                new ApiKeyListItem
                {
                    Tenant = demo.Code, Prefix = second.Prefix, CreatedAt = _node.Clock.Now(), ExpiresAt = _node.Clock.Now().AddDays(1),
                },
            ],
            options => options.WithStrictOrdering());
    }

    [Test]
    public async Task Keys_OfOneTenant_ArePagedNewestFirst()
    {
        var (demo, acme) = (await _node.TenantAsync("demo"), await _node.TenantAsync("acme"));
        var first = await _node.KeyAsync(demo, name: "first");
        await _node.KeyAsync(acme);
        _node.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await _node.KeyAsync(demo);

        var (all, total) = await _node.Keys.ListAsync(demo.Id, 0, 10, default);
        total.Should().Be(2);
        all.Select(key => (key.Prefix, key.Name)).Should().Equal((second.Prefix, null), (first.Prefix, "first"));
        var (last, lastTotal) = await _node.Keys.ListAsync(demo.Id, 1, 1, default);
        (last.Single().Prefix, lastTotal).Should().Be((first.Prefix, 2));
        (await _node.Keys.ListAsync(demo.Id, 2, 1, default)).Should().BeEquivalentTo((Array.Empty<ApiKeyListItem>(), 2L));
    }

    [Test]
    public async Task Add_TenantHasTheMost_IsRefusedUntilADayAfterARevocation()
    {
        var demo = await _node.TenantAsync("demo");
        var (first, now) = (await _node.KeyAsync(demo), _node.Clock.Now());
        await _node.KeyAsync(await _node.TenantAsync("acme"));
        async Task<bool> AddAsync(int? most) =>
            await _node.Keys.AddAsync(
                demo.Id, new CreatedApiKey(SdkKey.Create(demo.Code), null) { CreatedAt = _node.Clock.Now() }, most, default);

        (await AddAsync(1)).Should().BeFalse();
        (await _node.Keys.ListAsync(demo.Id, default)).Should().ContainSingle();
        await _node.Keys.RevokeAsync(demo.Id, first.Prefix, now, default);
        (await AddAsync(1)).Should().BeFalse("a revoked key counts for a day, so that nobody fills the table by revoking");
        _node.Clock.Advance(TimeSpan.FromDays(1));
        (await AddAsync(1)).Should().BeTrue();
        (await AddAsync(null)).Should().BeTrue("operators have no limit");
    }

    [Test]
    public async Task Revoke_Twice_KeepsTheFirstInstant()
    {
        var demo = await _node.TenantAsync("demo");
        var key = await _node.KeyAsync(demo);
        var first = _node.Clock.Now();

        (await _node.Keys.RevokeAsync(demo.Id, key.Prefix, first, default))!.RevokedAt.Should().Be(first);
        (await _node.Keys.RevokeAsync(demo.Id, key.Prefix, first.AddHours(1), default))!.RevokedAt.Should().Be(first);
        (await _node.Keys.RevokeAsync(demo.Id, "osk_nobody_12345678", first, default)).Should().BeNull();
    }

    [Test]
    public async Task Revoke_KeyOfAnotherTenant_ChangesNothing()
    {
        var key = await _node.KeyAsync(await _node.TenantAsync("demo"));
        var acme = await _node.TenantAsync("acme");

        (await _node.Keys.RevokeAsync(acme.Id, key.Prefix, _node.Clock.Now(), default)).Should().BeNull();
        (await _node.Keys.ListAsync(null, default)).Single().RevokedAt.Should().BeNull();
    }

    [Test]
    public async Task Keys_Stored_HoldNoSecret()
    {
        var key = await _node.KeyAsync(await _node.TenantAsync("demo"));

        (await _node.Rows.ScalarAsync<string>("select row_to_json(k)::text from api_key k")).Should()
            .Contain(key.Prefix).And.NotContain(key.Secret[key.Prefix.Length..]);
    }
}
