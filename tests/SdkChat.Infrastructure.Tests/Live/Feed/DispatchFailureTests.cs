using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed;

/// <summary>An event that a node has read and cannot send: a stream that stayed open would have missed it.</summary>
public sealed class DispatchFailureTests
{
    private TestDatabase _database = null!;
    private Rows _rows = null!;

    [OneTimeSetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.ConnectionString);
    }

    [OneTimeTearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [TestCase(1)]
    [TestCase(3)]
    public async Task Event_ThatCannotBeSent_EndsTheStreamsOfItsTenantAndNoOthers(int events)
    {
        var (tenant, other) = (await _rows.TenantAsync($"t-{Guid.NewGuid():n}"), await _rows.TenantAsync($"t-{Guid.NewGuid():n}"));
        await using var api = await TestApi.StartAsync(
            _database.ConnectionString,
            services: services =>
                services.AddSingleton<ILiveHub>(provider => new FailingHub(provider.GetRequiredService<SseHub>(), tenant)));
        using var failing = await StreamSocket.ReadyAsync(api.BaseAddress, api.TenantToken(tenant));
        using var well = await StreamSocket.ReadyAsync(api.BaseAddress, api.TenantToken(other));
        var profile = await _rows.ProfileAsync(tenant);
        var (theirs, next) = (Guid.NewGuid(), Guid.NewGuid());
        await using (var writer = await EventTransaction.ConnectAsync(_database.ConnectionString))
        {
            await writer.BeginAsync();
            for (var n = 0; n < events; n++)
                await writer.StoreAsync(tenant, profile);
            await writer.StoreAsync(other, theirs);
            await writer.CommitAsync();
        }

        (await failing.ToEndAsync()).Should().BeTrue();
        await well.UntilAsync($"{theirs}");
        await _rows.EventAsync(other, other, next, "chat_completed");
        await well.UntilAsync($"{next}");

        var ends = api.Logs.Entries.Where(entry => entry.Text.Contains("ended: ", StringComparison.Ordinal)).ToArray();
        ends.Should().ContainSingle().Which.Text.Should().StartWith($"Stream of tenant {tenant} ended: dispatch_failed");
        using var again = await StreamSocket.ReadyAsync(api.BaseAddress, api.TenantToken(tenant));
    }

    private sealed class FailingHub(ILiveHub hub, Guid tenant) : ILiveHub
    {
        public void ChatCompleted(TenantId of, ProfileId profile, ChatId chat)
        {
            if (of.Value == tenant)
                throw new InvalidOperationException("No room for the frame.");
            hub.ChatCompleted(of, profile, chat);
        }

        public void BacklistTriggered(TenantId of, ProfileId profile, ChatId chat, RawJson notificationItems) =>
            hub.BacklistTriggered(of, profile, chat, notificationItems);

        public bool HasSubscribers(TenantId of, LiveEvents kinds) => hub.HasSubscribers(of, kinds);

        public void ChatStarted(TenantId of, ProfileId profile, ChatId chat) => hub.ChatStarted(of, profile, chat);

        public void ChatFailed(TenantId of, ProfileId profile, ChatId chat, string? lastError) =>
            hub.ChatFailed(of, profile, chat, lastError);

        public void ChatEnded(TenantId of, ProfileId profile, ChatId chat) => hub.ChatEnded(of, profile, chat);

        public void BeginBatch() => hub.BeginBatch();

        public void Flush() => hub.Flush();

        public void EndAll(TenantId of, StreamEndReason reason) => hub.EndAll(of, reason);

        public void EndAll(StreamEndReason reason) => hub.EndAll(reason);
    }
}
