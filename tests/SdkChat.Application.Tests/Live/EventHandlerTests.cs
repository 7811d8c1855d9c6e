using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tests.Live;

public sealed class EventHandlerTests
{
    private static readonly TenantId Tenant = new(Guid.NewGuid());
    private static readonly ChatId Chat = new(Guid.NewGuid());
    private static readonly ProfileId Profile = new(Guid.NewGuid());

    private readonly Mock<ILiveHub> _hub = new(MockBehavior.Strict);
    private readonly Mock<IChatWatches> _watches = new(MockBehavior.Strict);

    /// <summary>A test that is run after another must not see its calls.</summary>
    [SetUp]
    public void Reset()
    {
        _hub.Reset();
        _watches.Reset();
    }

    [Test]
    public async Task ChatCompleted_IsShownToItsTenant()
    {
        _hub.Setup(hub => hub.ChatCompleted(Tenant, Profile, Chat));
        _watches.Setup(watches => watches.ChatChanged(Tenant, Chat));

        await PublishAsync(new DomainEventNotification<ChatCompleted>(new ChatCompleted(Tenant, Chat, Profile)));

        _hub.VerifyAll();
        _watches.VerifyAll();
    }

    [Test]
    public async Task ChatStarted_IsShownToItsTenant()
    {
        _hub.Setup(hub => hub.ChatStarted(Tenant, Profile, Chat));

        await PublishAsync(new DomainEventNotification<ChatStarted>(new ChatStarted(Tenant, Chat, Profile)));

        _hub.VerifyAll();
        _watches.VerifyAll();
    }

    [Test]
    public async Task ChatFailed_IsShownToItsTenantWithItsError()
    {
        _hub.Setup(hub => hub.ChatFailed(Tenant, Profile, Chat, "no"));
        _watches.Setup(watches => watches.ChatChanged(Tenant, Chat));

        await PublishAsync(new DomainEventNotification<ChatFailed>(new ChatFailed(Tenant, Chat, Profile, "no")));

        _hub.VerifyAll();
        _watches.VerifyAll();
    }

    [Test]
    public async Task ChatEnded_IsShownToItsTenant()
    {
        _hub.Setup(hub => hub.ChatEnded(Tenant, Profile, Chat));
        _watches.Setup(watches => watches.ChatChanged(Tenant, Chat));

        await PublishAsync(new DomainEventNotification<ChatEnded>(new ChatEnded(Tenant, Chat, Profile)));

        _hub.VerifyAll();
        _watches.VerifyAll();
    }

    [Test]
    public async Task BacklistTriggered_IsShownToItsTenantWithItsItems()
    {
        var items = RawJson.FromText("[1.0E2]");
        _hub.Setup(hub => hub.BacklistTriggered(Tenant, Profile, Chat, items));
        _watches.Setup(watches => watches.ChatChanged(Tenant, Chat));

        await PublishAsync(new DomainEventNotification<BacklistTriggered>(new BacklistTriggered(Tenant, Chat, Profile, items)));

        _hub.VerifyAll();
        _watches.VerifyAll();
    }

    private async Task PublishAsync<TNotification>(TNotification notification)
        where TNotification : INotification
    {
        await using var services = new ServiceCollection().AddApplication().AddSingleton(_hub.Object).AddSingleton(_watches.Object)
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Publish(notification);
    }
}
