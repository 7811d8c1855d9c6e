using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Tenants;
using SdkChat.Application.Tenants.AddTenant;
using SdkChat.Application.Tenants.CreateApiKey;
using SdkChat.Application.Tenants.ListApiKeys;
using SdkChat.Application.Tenants.RevokeApiKey;
using SdkChat.Application.Tenants.SetTenantEnabled;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tests.Tenants;

public sealed class TenantUseCaseTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 23, 5, 28, 8, 123, TimeSpan.Zero);
    private static readonly TenantCode Code = TenantCode.TryParse("demo", out var code) ? code : default;
    private static readonly Tenant Demo = new(new TenantId(Guid.CreateVersion7()), Code, "Demo", true);

    private Mock<ITenantRegistry> _tenants = null!;
    private Mock<IApiKeyRegistry> _keys = null!;

    [SetUp]
    public void SetUp()
    {
        _tenants = new Mock<ITenantRegistry>(MockBehavior.Strict);
        _keys = new Mock<IApiKeyRegistry>(MockBehavior.Strict);
        _tenants.Setup(tenants => tenants.FindAsync(It.IsAny<TenantCode>(), default)).ReturnsAsync((Tenant?)null);
        _tenants.Setup(tenants => tenants.FindAsync(Code, default)).ReturnsAsync(Demo);
    }

    [TestCase("Demo", null, "demo")]
    [TestCase("demo", "  Demo 상점 ", "Demo 상점")]
    public async Task AddTenant_GoodName_IsTakenInEnabled(string typed, string? name, string shown)
    {
        _tenants.Setup(tenants => tenants.AddAsync(It.IsAny<Tenant>(), default)).ReturnsAsync(true);

        var tenant = await SendAsync(new AddTenantCommand(typed, name));

        tenant.Should().BeEquivalentTo(new { Code, Name = shown, Enabled = true });
        tenant.Id.Value.Version.Should().Be(7);
    }

    [TestCase("", null, "tenant")]
    [TestCase("admin", null, "tenant")]
    [TestCase("a_b", null, "tenant")]
    [TestCase("-a", null, "tenant")]
    [TestCase("demo", " ", "name")]
    [TestCase("demo", "two\nlines", "name")]
    public async Task AddTenant_BadName_IsRefusedBeforeStorageIsAsked(string typed, string? name, string property)
    {
        var refusal = await FluentActions.Awaiting(() => SendAsync(new AddTenantCommand(typed, name))).Should().ThrowAsync<ValidationException>();

        refusal.Which.Errors.Should().ContainSingle().Which.PropertyName.Should().Be(property);
    }

    [Test]
    public async Task AddTenant_CodeIsTaken_SaysSo()
    {
        _tenants.Setup(tenants => tenants.AddAsync(It.IsAny<Tenant>(), default)).ReturnsAsync(false);

        await FluentActions.Awaiting(() => SendAsync(new AddTenantCommand("demo"))).Should().ThrowAsync<SdkChatException>().WithMessage("*'demo' already*");
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
        SdkKey? stored = null;
        _keys.Setup(keys => keys.AddAsync(Demo.Id, It.IsAny<SdkKey>(), Now, expiry, default))
            .Callback<TenantId, SdkKey, DateTimeOffset, DateTimeOffset?, CancellationToken>((_, key, _, _, _) => stored = key)
            .Returns(Task.CompletedTask);

        var created = await SendAsync(new CreateApiKeyCommand("demo", days));

        created.Key.Should().BeSameAs(stored);
        created.ExpiresAt.Should().Be(expiry);
        created.ToString().Should().NotContain(created.Key.Secret);
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(3651)]
    public async Task CreateApiKey_OddExpiry_IsRefused(int days) =>
        await FluentActions.Awaiting(() => SendAsync(new CreateApiKeyCommand("demo", days))).Should().ThrowAsync<ValidationException>();

    [Test]
    public async Task RevokeApiKey_WholeKeyOrPrefix_RevokesByPrefix()
    {
        var key = SdkKey.Create(Code);
        _keys.Setup(keys => keys.RevokeAsync(key.Prefix, Now, default)).ReturnsAsync(Now);

        (await SendAsync(new RevokeApiKeyCommand(key.Secret))).Should().Be(Now);
        (await SendAsync(new RevokeApiKeyCommand(key.Prefix))).Should().Be(Now);
        new RevokeApiKeyCommand(key.Secret).ToString().Should().NotContain(key.Secret);
    }

    [Test]
    public async Task RevokeApiKey_UnknownPrefix_SaysSo()
    {
        _keys.Setup(keys => keys.RevokeAsync("osk_x", Now, default)).ReturnsAsync((DateTimeOffset?)null);

        await FluentActions.Awaiting(() => SendAsync(new RevokeApiKeyCommand("osk_x"))).Should().ThrowAsync<NotFoundException>();
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
