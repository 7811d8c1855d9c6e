using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Chats;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>
/// Many tenants, many streams on two nodes, random transitions on both: each stream gets exactly its tenant's events, those of
/// a chat in the order of their commits, none twice.
/// </summary>
public sealed class IsolationTests
{
    private const int Tenants = 10;
    private const int ChatsPerTenant = 20;
    private const int StreamsPerTenantAndNode = 3;

    private static readonly TimeProvider Clock = TimeProvider.System;

    private TestDatabase _database = null!;
    private TestApi[] _nodes = [];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        // The chats' runs are nobody's business here: the test completes them itself.
        var settings = new Dictionary<string, string?> { ["Pipeline:SweepIntervalSeconds"] = "10" };
        _nodes = await Task.WhenAll(
            TestApi.StartAsync(_database.ConnectionString, settings), TestApi.StartAsync(_database.ConnectionString, settings));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Streams_UnderLoad_GetExactlyTheirTenantsEventsInOrder()
    {
        var shops = await Task.WhenAll(Enumerable.Range(0, Tenants).Select(ShopAsync));
        var expected = shops.ToDictionary(shop => shop.Tenant, _ => new Dictionary<string, List<string>>());

        await Parallel.ForEachAsync(
            shops.SelectMany(shop => Enumerable.Repeat(shop, ChatsPerTenant)).OrderBy(_ => Random.Shared.Next()),
            new ParallelOptions { MaxDegreeOfParallelism = 12 },
            async (shop, _) =>
            {
                var (chat, events) = await LiveThroughAsync(shop);
                if (events.Count == 0)
                    return;
                lock (expected[shop.Tenant])
                    expected[shop.Tenant].Add(chat.ToString(), events);
            });

        foreach (var shop in shops)
        {
            foreach (var reader in shop.Readers)
            {
                (await SeenAsync(reader, expected[shop.Tenant].Values.Sum(events => events.Count)))
                    .Should().BeEquivalentTo(expected[shop.Tenant], options => options.WithStrictOrdering());
            }
        }

        await ShouldBeAllAsync(shops);
    }

    /// <summary>One life of a chat, each step on a node by chance.</summary>
    /// <returns>What the streams must see of it, in order.</returns>
    private async Task<(ChatId Chat, List<string> Events)> LiveThroughAsync(Shop shop)
    {
        var chat = Chat.Start(new ChatId(Guid.CreateVersion7()), shop.Tenant, shop.Profile, null, "Dinner ideas?", Clock.Now());
        (await AnyRepository().AddAsync(shop.Tenant, chat, null, default)).Should().Be(ChatWrite.Done);

        var events = new List<string>();
        var steps = Random.Shared.Next(6);
        for (var step = 0; step < steps; step++)
        {
            chat = Chat.Restore(chat.State);
            if (step == 0)
                chat.Complete(PipelineResult.None, Chat.BackListNotStarted, Clock.Now());
            else
                chat.TriggerBackList(RawJson.FromText($"[{step}]"), Clock.Now());
            (await AnyRepository().SaveAsync(shop.Tenant, chat, null, default)).Should().Be(ChatWrite.Done);
            events.Add(step == 0 ? "chat_completed" : $"backlist_triggered [{step}]");
        }

        chat = Chat.Restore(chat.State);
        chat.End(Clock.Now());
        (await AnyRepository().SaveAsync(shop.Tenant, chat, null, default)).Should().Be(ChatWrite.Done);
        return (chat.State.Id, events);
    }

    private static async Task<Dictionary<string, List<string>>> SeenAsync(LiveReader reader, int count)
    {
        var seen = new Dictionary<string, List<string>>();
        foreach (var item in await reader.NextAsync(count))
        {
            var data = JsonDocument.Parse(item.Data).RootElement;
            var items = data.TryGetProperty("notification_items", out var sent) ? $" {sent.GetRawText()}" : "";
            var chat = data.GetProperty("chat_id").GetString()!;
            if (!seen.TryGetValue(chat, out var events))
                seen.Add(chat, events = []);
            events.Add(item.EventType + items);
        }

        return seen;
    }

    /// <summary>The next thing on every stream is this last event: nothing foreign and nothing twice stands before it.</summary>
    private async Task ShouldBeAllAsync(Shop[] shops)
    {
        foreach (var shop in shops)
            await new Rows(_database.ConnectionString)
                .EventAsync(shop.Tenant.Value, shop.Profile.Value, shop.Tenant.Value, "chat_completed");
        foreach (var shop in shops)
        {
            foreach (var reader in shop.Readers)
                (await reader.NextAsync()).Data.Should().Contain($"\"chat_id\":\"{shop.Tenant}\"");
        }
    }

    private async Task<Shop> ShopAsync(int number)
    {
        var rows = new Rows(_database.ConnectionString);
        var tenant = await rows.TenantAsync($"shop{number}");
        var profile = await rows.ProfileAsync(tenant);
        var readers = await Task.WhenAll(_nodes.SelectMany(node =>
            Enumerable.Range(0, StreamsPerTenantAndNode).Select(_ => LiveReader.OpenAsync(node, tenant))));
        return new Shop(new TenantId(tenant), new ProfileId(profile), readers);
    }

    private IChatRepository AnyRepository() => _nodes[Random.Shared.Next(_nodes.Length)].Services.GetRequiredService<IChatRepository>();

    private sealed record Shop(TenantId Tenant, ProfileId Profile, LiveReader[] Readers);
}
