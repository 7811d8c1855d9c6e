using SdkChat.Application.Chats;
using SdkChat.Application.Pipelines;
using SdkChat.Development.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Development.Seeding;

/// <summary>
/// Ends the demo's waiting chats in <c>up</c>, as the pipeline ends real ones: most complete after some time, the others fail at the time
/// limit of runs. They have no run, so the service itself leaves them alone.
/// </summary>
internal sealed class SeededChatWorker(
    Database database, IChatRepository chats, RunPolicy policy, TimeProvider clock, ILogger<SeededChatWorker> logger)
    : PeriodicWorker(Interval, clock, logger, firstAfter: TimeSpan.Zero)
{
    private const int MostAtOnce = 500;

    /// <summary>One in so many chats never completes.</summary>
    private const int OneFailsOf = 4;

    private const string BackListStatus = "completed";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(70);

    protected override string Work => "Ending of generated chats";

    /// <summary>Decides whether a chat has ended by now, from its id and its age: every node decides the same.</summary>
    internal static bool TrySettle(Chat chat, string? locale, RunPolicy policy, DateTimeOffset now)
    {
        var random = SplitMix.For(chat.State.Id.Value);
        var (age, isFailing, takes) = (now - chat.State.CreatedAt, random.Below(OneFailsOf) == 0, Shortest + (random.Fraction() * Spread));
        if (age >= policy.TimeLimit)
            chat.Fail($"The pipeline did not finish within {policy.TimeLimit.TotalSeconds:0} s.", now);
        else if (!isFailing && age >= takes)
            chat.Complete(DemoRecommendation.Create(chat.State.Id.Value, locale), BackListStatus, now);
        return chat.State.Status != ChatStatus.InProgress;
    }

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = Clock.Now();
        foreach (var row in await database.QueryAsync<ChatDetailRow>(SeededChatSql.Waiting, new { max = MostAtOnce }, cancellationToken))
        {
            var chat = Chat.Restore(row.ToState(result: null));
            // After a conflict another node has stored the same end.
            if (TrySettle(chat, row.Locale, policy, now))
                await chats.SaveAsync(chat.State.Tenant, chat, request: null, cancellationToken);
        }
    }
}
