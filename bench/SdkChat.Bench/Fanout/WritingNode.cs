using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Live.Feed;

namespace SdkChat.Bench.Fanout;

/// <summary>Another node, without a web server: it writes chats through the service's own repository, and tells the others.</summary>
internal sealed class WritingNode : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly (TenantId Tenant, ProfileId Profile)[] _shops;
    private readonly IChatRepository _chats;

    private WritingNode(IHost host, (TenantId Tenant, ProfileId Profile)[] shops)
    {
        (_host, _shops) = (host, shops);
        _chats = host.Services.GetRequiredService<IChatRepository>();
    }

    /// <summary>Whose chats they are, of the first tenant.</summary>
    public Guid Profile => _shops[0].Profile.Value;

    public static async Task<WritingNode> StartAsync(SdkChatServer server, CancellationToken cancellationToken)
    {
        var shops = server.Tenants.Select(tenant => (Tenant: new TenantId(tenant), Profile: new ProfileId(Guid.CreateVersion7())))
            .ToArray();
        await using (var connection = new NpgsqlConnection(server.Database.ConnectionString))
        {
            await connection.ExecuteAsync(
                """
                insert into sdk_profile (profile_id, tenant_id, data, created_at, updated_at)
                select profile, tenant, '{}', now(), now() from unnest(@profiles, @tenants) as shop (profile, tenant)
                """,
                new { profiles = shops.Select(shop => shop.Profile.Value).ToArray(), tenants = server.Tenants.ToArray() });
        }

        // On a machine that is too slow for the load, a write waits and its event is late: that is measured, and no reason to break off.
        var builder = NodeHost.Create(
            server.Database.ConnectionString, new KeyValuePair<string, string?>("Database:ConnectTimeoutSeconds", "60"));
        // It writes, tells, and counts what it wrote, as every node does; reading is what the service beside it does.
        builder.Services.RemoveAll<IHostedService>()
            .AddHostedService(provider => provider.GetRequiredService<EventNotifier>())
            .AddHostedService<CountUpdateWorker>();
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new WritingNode(host, shops);
    }

    /// <summary>Chats in progress, numbered from 0.</summary>
    public async Task<IReadOnlyList<Chat>> StartChatsAsync(int count, CancellationToken cancellationToken)
    {
        var chats = Enumerable.Range(0, count).Select(number => NewChat(_shops[0], number)).ToArray();
        await Parallel.ForEachAsync(
            chats, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (chat, _) => await _chats.AddAsync(_shops[0].Tenant, chat, null, cancellationToken));
        return [.. chats.Select(chat => Chat.Restore(chat.State))];
    }

    public Task CompleteAsync(Chat chat, CancellationToken cancellationToken) => CompleteAsync(_shops[0].Tenant, chat, cancellationToken);

    /// <summary>Kickoffs and completions at a steady rate, in all tenants in turn.</summary>
    public async Task KeepAsync(double perSecond, int seconds, CancellationToken cancellationToken)
    {
        var writes = new List<Task>();
        await foreach (var number in Pace.KeepAsync(perSecond, (int)(perSecond * seconds), cancellationToken))
            writes.Add(StartAndCompleteAsync(_shops[number % _shops.Length], number, cancellationToken));
        await Task.WhenAll(writes);
    }

    /// <summary>Kickoffs and completions, one after the other, by so many writers.</summary>
    /// <returns>Transitions a second.</returns>
    public async Task<double> RunAsync(int writers, int seconds, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(
            async () =>
            {
                var count = 0;
                for (; TimeProvider.System.GetElapsedTime(started).TotalSeconds < seconds; count += 2)
                {
                    // Two writers may come in one nanosecond, and the number is what their ids differ in.
                    await StartAndCompleteAsync(_shops[0], (count * writers) + writer, cancellationToken);
                }

                return count;
            },
            cancellationToken)));
        return counts.Sum() / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task StartAndCompleteAsync((TenantId Tenant, ProfileId Profile) shop, int number, CancellationToken cancellationToken)
    {
        var chat = NewChat(shop, number);
        await _chats.AddAsync(shop.Tenant, chat, null, cancellationToken);
        await CompleteAsync(shop.Tenant, Chat.Restore(chat.State), cancellationToken);
    }

    private async Task CompleteAsync(TenantId tenant, Chat chat, CancellationToken cancellationToken)
    {
        chat.Complete(PipelineResult.None, Chat.BackListNotStarted, DateTimeOffset.UtcNow);
        if (await _chats.SaveAsync(tenant, chat, null, cancellationToken) != ChatWrite.Done)
            throw new InvalidOperationException($"Chat {chat.State.Id} was changed by another writer.");
    }

    /// <summary>Of the next hour, when its run will be due: it is completed here, and no sweep is to look after it.</summary>
    private static Chat NewChat((TenantId Tenant, ProfileId Profile) shop, int number) =>
        Chat.Start(new ChatId(Payload.NewId(number)), shop.Tenant, shop.Profile, null, "Dinner ideas?", DateTimeOffset.UtcNow.AddHours(1));
}
