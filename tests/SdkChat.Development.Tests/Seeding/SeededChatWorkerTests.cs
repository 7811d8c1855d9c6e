using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Pipelines;
using SdkChat.Development.Seeding;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Development.Tests.Seeding;

public sealed class SeededChatWorkerTests
{
    private static readonly DateTimeOffset Kickoff = new(2026, 4, 23, 5, 28, 8, TimeSpan.Zero);
    private static readonly RunPolicy Policy = new(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    [Test]
    public void TrySettle_OverTime_CompletesMostAndFailsTheOthersAtTheTimeLimit()
    {
        var ids = Enumerable.Range(0, 400).Select(_ => Guid.CreateVersion7()).ToList();

        Ends(ids, seconds: 29).Should().OnlyContain(status => status == ChatStatus.InProgress);
        Ends(ids, seconds: 65).Should().Contain([ChatStatus.InProgress, ChatStatus.Completed]).And.NotContain(ChatStatus.Error);
        Ends(ids, seconds: 65).Should().Equal(Ends(ids, seconds: 65), "every node decides the same");
        Ends(ids, seconds: 119).Should().NotContain(ChatStatus.Error);
        Ends(ids, seconds: 119).Count(status => status == ChatStatus.InProgress).Should().BeInRange(60, 140);
        Ends(ids, seconds: 120).Should().OnlyContain(status => status == ChatStatus.Error);
    }

    /// <summary>Those of an instance that was stopped for long too, and as the service ends chats: with events and counts.</summary>
    [Test]
    public async Task Worker_DemoOfAnEarlierDay_LeavesNoneInProgress()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = DataSourceFactory.Create(database.ConnectionString, TestDatabase.Options);
        await new DemoData(new Database(source), new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-1))).EnsureAsync(default);
        var rows = new Rows(database.ConnectionString);
        (await CountAsync(rows)).Should().BePositive();

        await using var api = await TestApi.StartAsync(
            database.ConnectionString, services: services => services.AddHostedService<SeededChatWorker>());

        await Eventually.TrueAsync(async () => await CountAsync(rows) == 0);
        (await rows.ScalarAsync<long>("select count(*) from chat_event where kind = 'chat_failed'")).Should().BePositive();
    }

    private static Task<long> CountAsync(Rows rows) => rows.ScalarAsync<long>("select count(*) from sdk_chat where status = 'in_progress'");

    private static List<ChatStatus> Ends(IEnumerable<Guid> ids, int seconds) => [.. ids.Select(id =>
    {
        var chat = Chat.Restore(new ChatState
        {
            Id = new ChatId(id), Tenant = new TenantId(Guid.NewGuid()), Profile = new ProfileId(Guid.NewGuid()), Prompt = "Dinner?",
            Status = ChatStatus.InProgress, BackListStatus = Chat.BackListNotStarted, CreatedAt = Kickoff, UpdatedAt = Kickoff,
            Revision = 0,
        });
        SeededChatWorker.TrySettle(chat, "ko", Policy, Kickoff.AddSeconds(seconds)).Should().Be(chat.State.Status != ChatStatus.InProgress);
        return chat.State.Status;
    })];
}
