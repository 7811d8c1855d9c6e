using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tests.Tenants;

public sealed class TenantUseCaseTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 23, 5, 28, 8, 123, TimeSpan.Zero);
    private static readonly TenantCode Code = TenantCode.TryParse("demo", out var code) ? code : default;
    private static readonly Tenant Demo = new(new TenantId(Guid.CreateVersion7()), Code, "Demo", true);

    private Mock<ITenantRepository> _tenants = null!;
    private Mock<IApiKeyRepository> _keys = null!;

    [SetUp]
    public void SetUp()
    {
        _tenants = new Mock<ITenantRepository>(MockBehavior.Strict);
        _keys = new Mock<IApiKeyRepository>(MockBehavior.Strict);
        _tenants.Setup(tenants => tenants.FindAsync(It.IsAny<TenantCode>(), default)).ReturnsAsync((Tenant?)null);
        _tenants.Setup(tenants => tenants.FindAsync(Code, default)).ReturnsAsync(Demo);
    }

    [TestCase("Demo", null, "demo")]
    [TestCase("demo", "  Demo 상점 ", "Demo 상점")]
    [TestCase("demo", "👨‍👩‍👧 שלום", "👨‍👩‍👧 שלום")]
    public async Task AddTenant_GoodName_IsTakenInEnabled(string typed, string? name, string shown)
    {
        _tenants.Setup(tenants => tenants.AddAsync(It.IsAny<Tenant>(), default)).ReturnsAsync(true);

        var tenant = await SendAsync(new AddTenantCommand(typed, name));

        tenant.Should().BeEquivalentTo(new { Code, Name = shown, Enabled = true });
        tenant.Id.Value.Version.Should().Be(7);
    }

    [TestCase("", null, "code")]
    [TestCase("admin", null, "code")]
    [TestCase("a_b", null, "code")]
    [TestCase("-a", null, "code")]
    [TestCase("demo", " ", "name")]
    [TestCase("demo", "two\nlines", "name")]
    [TestCase("demo", "\u202Eomed", "name")]
    [TestCase("demo", "\u200B\u200D", "name")]
    [TestCase("demo", "half \uD83D", "name")]
    [TestCase("demo", "nul\0", "name")]
    public async Task AddTenant_BadName_IsRefusedBeforeStorageIsAsked(string typed, string? name, string property)
    {
        var refusal = await FluentActions.Awaiting(() => SendAsync(new AddTenantCommand(typed, name)))
            .Should().ThrowAsync<ValidationException>();

        refusal.Which.Errors.Should().ContainSingle().Which.PropertyName.Should().Be(property);
    }

    [Test]
    public async Task AddTenant_CodeIsTaken_SaysSo()
    {
        _tenants.Setup(tenants => tenants.AddAsync(It.IsAny<Tenant>(), default)).ReturnsAsync(false);

        await FluentActions.Awaiting(() => SendAsync(new AddTenantCommand("demo")))
            .Should().ThrowAsync<SdkChatException>().WithMessage("*'demo' already*");
    }

    [Test]
    public async Task Commands_UnknownTenant_AreRefusedByName()
    {
        foreach (var send in new Func<Task>[]
        {
            () => SendAsync(new SetTenantEnabledCommand("nobody", true)),
            () => SendAsync(new CreateApiKeyCommand("nobody")),
            () => SendAsync(new ListApiKeysQuery("nobody")),
            () => SendAsync(new ListApiKeysQuery("no_code")),
        })
        {
            await send.Should().ThrowAsync<NotFoundException>().WithMessage("There is no tenant 'no*");
        }
    }

    [TestCase(null)]
    [TestCase(30)]
    public async Task CreateApiKey_KnownTenant_StoresTheKeyThatItAnswers(int? days)
    {
        var expiry = days is { } number ? Now.AddDays(number) : (DateTimeOffset?)null;
        CreatedApiKey? stored = null;
        _keys.Setup(keys => keys.AddAsync(Demo.Id, It.IsAny<CreatedApiKey>(), null, default))
            .Callback<TenantId, CreatedApiKey, int?, CancellationToken>((_, key, _, _) => stored = key)
            .ReturnsAsync(true);

        var created = await SendAsync(new CreateApiKeyCommand("demo", days) { Name = " iOS " });

        created.Should().BeSameAs(stored);
        (created.Name, created.CreatedAt).Should().Be(("iOS", Now));
        created.ExpiresAt.Should().Be(expiry);
        created.ToString().Should().NotContain(created.Key.Secret);
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(3651)]
    public async Task CreateApiKey_OddExpiry_IsRefused(int days) =>
        await FluentActions.Awaiting(() => SendAsync(new CreateApiKeyCommand("demo", days))).Should().ThrowAsync<ValidationException>();

    [TestCase(7)]
    [TestCase(365)]
    [TestCase(null)]
    public async Task CreateApiKey_LimitedCaller_HasAListedLifetimeAndALimit(int? days)
    {
        _tenants.Setup(tenants => tenants.FindAsync(Demo.Id, default)).ReturnsAsync(Demo);
        _keys.Setup(keys => keys.AddAsync(Demo.Id, It.IsAny<CreatedApiKey>(), CreateApiKeyCommand.MaxPerTenant, default))
            .ReturnsAsync(true);

        var created = await SendAsync(new CreateApiKeyCommand(Demo.Id, days) { Name = "iOS", IsLimited = true });

        created.Key.Tenant.Should().Be(Code);
    }

    [TestCase(1, "iOS", "expires_in_days")]
    [TestCase(366, "iOS", "expires_in_days")]
    [TestCase(0, "iOS", "expires_in_days")]
    [TestCase(-7, "iOS", "expires_in_days")]
    [TestCase(7, "", "name")]
    [TestCase(7, "a\tb", "name")]
    public async Task CreateApiKey_BadInputOfALimitedCaller_IsRefused(int days, string name, string property)
    {
        var refusal = await FluentActions.Awaiting(
            () => SendAsync(new CreateApiKeyCommand(Demo.Id, days) { Name = name, IsLimited = true }))
            .Should().ThrowAsync<ValidationException>();

        refusal.Which.Errors.Should().ContainSingle().Which.PropertyName.Should().Be(property);
    }

    [Test]
    public async Task CreateApiKey_TenantWithTheMostKeys_IsRefused()
    {
        _tenants.Setup(tenants => tenants.FindAsync(Demo.Id, default)).ReturnsAsync(Demo);
        _keys.Setup(keys => keys.AddAsync(Demo.Id, It.IsAny<CreatedApiKey>(), CreateApiKeyCommand.MaxPerTenant, default))
            .ReturnsAsync(false);

        var refusal = await FluentActions.Awaiting(() => SendAsync(new CreateApiKeyCommand(Demo.Id, 7) { Name = "iOS", IsLimited = true }))
            .Should().ThrowAsync<SdkChatException>();

        refusal.Which.Code.Should().Be(ErrorCode.TooManyKeys);
    }

    [Test]
    public async Task UpdateTenant_NothingToChange_IsRefused()
    {
        var refusal = await FluentActions.Awaiting(() => SendAsync(new UpdateTenantCommand(Demo.Id, null, null)))
            .Should().ThrowAsync<ValidationException>();

        refusal.Which.Errors.Should().ContainSingle().Which.PropertyName.Should().BeEmpty();
    }

    [Test]
    public async Task RevokeApiKey_OfAnOperator_TakesTheWholeKeyOrItsPrefix()
    {
        var key = SdkKey.Create(Code);
        var revoked = new ApiKeyListItem { Tenant = Code, Prefix = key.Prefix, CreatedAt = Now, RevokedAt = Now };
        _keys.Setup(keys => keys.RevokeAsync(Demo.Id, key.Prefix, Now, default)).ReturnsAsync(revoked);

        (await SendAsync(new RevokeApiKeyCommand(key.Secret))).Should().Be(revoked);
        (await SendAsync(new RevokeApiKeyCommand(key.Prefix))).Should().Be(revoked);
        new RevokeApiKeyCommand(key.Secret).ToString().Should().NotContain(key.Secret);
    }

    [Test]
    public async Task RevokeApiKey_OfATenant_NamesItsTenantAndTakesNoWholeKey()
    {
        var (key, other) = (SdkKey.Create(Code), new TenantId(Guid.CreateVersion7()));
        _keys.Setup(keys => keys.RevokeAsync(other, key.Prefix, Now, default)).ReturnsAsync((ApiKeyListItem?)null);

        foreach (var text in new[] { key.Prefix, key.Secret, "x", "", "osk_demo_\0" })
        {
            var refusal = await FluentActions.Awaiting(() => SendAsync(new RevokeApiKeyCommand(text, other)))
                .Should().ThrowAsync<NotFoundException>();
            (refusal.Which.Code, refusal.Which.Message).Should().Be((ErrorCode.ApiKeyNotFound, "There is no such key."));
        }
    }

    [Test]
    public async Task RevokeApiKey_UnknownPrefix_SaysSo()
    {
        await FluentActions.Awaiting(() => SendAsync(new RevokeApiKeyCommand("osk_x"))).Should().ThrowAsync<NotFoundException>();
        await FluentActions.Awaiting(() => SendAsync(new RevokeApiKeyCommand("osk_nobody_01234567")))
            .Should().ThrowAsync<NotFoundException>();
        await FluentActions.Awaiting(() => SendAsync(new RevokeApiKeyCommand("x"))).Should().ThrowAsync<ValidationException>();
    }

    private async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var services = new ServiceCollection()
            .AddApplication()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(Now))
            .AddSingleton(_tenants.Object)
            .AddSingleton(_keys.Object)
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }
}
