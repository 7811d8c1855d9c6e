using SdkChat.Domain.Chats;
using SdkChat.Infrastructure.Common;

namespace SdkChat.Infrastructure.Seeding;

/// <summary>
/// Makes chats up, oldest first, each as the lifecycle could have left it by now. A profile's chats come after the profile;
/// the newest few chats are of the last minutes and still in progress.
/// </summary>
internal sealed class ChatGenerator(SeedPlan plan, IReadOnlyList<Shopper> shoppers)
{
    private const int MostFresh = 5;

    private static readonly string[] Errors =
    [
        "The pipeline did not finish within 120 s.",
        "The pipeline answered with status 502.",
        "The pipeline reported: no product matches this request.",
        "The pipeline reported: the model's answer was not valid JSON.",
        "The pipeline reported: upstream rate limit reached.",
    ];

    private readonly Timeline _timeline = new(plan.Now);
    private readonly int _fresh = Math.Min(MostFresh, plan.Chats / 10);
    private SplitMix _random = new(~plan.Seed);

    public IEnumerable<ChatState> Generate()
    {
        var results = new ResultPool(ref _random);
        for (var n = 0; n < plan.Chats; n++)
            yield return Create(n, results);
    }

    private ChatState Create(int number, ResultPool results)
    {
        var stale = plan.Chats - _fresh;
        var isFresh = number >= stale;
        var fraction = isFresh ? 1 : (number + _random.Fraction()) / stale;
        var createdAt = isFresh
            ? plan.Now.AddSeconds(-10 * (plan.Chats - number))
            : _timeline.At(fraction);

        // Of those who had come by then; newer ones are busier.
        var known = Math.Max(1, (int)(fraction * shoppers.Count));
        var shopper = shoppers[(int)(known * Math.Sqrt(_random.Fraction()))];
        var chat = new ChatState
        {
            Id = new ChatId(SeededIds.Version7(ref _random, createdAt)),
            Tenant = plan.Tenant,
            Profile = shopper.Id,
            Prompt = Prompts.Create(ref _random, shopper.Language),
            Status = ChatStatus.InProgress,
            BackListStatus = Chat.BackListNotStarted,
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
            Revision = 0,
        };
        return isFresh ? chat : Finish(chat, results, shopper);
    }

    private ChatState Finish(ChatState chat, ResultPool results, Shopper shopper)
    {
        var answeredAt = chat.CreatedAt.AddMilliseconds(800 + _random.Below(12_000));
        return _random.Below(1000) switch
        {
            < 60 => MayEnd(chat with
            {
                Status = ChatStatus.Error, LastError = _random.Pick(Errors), UpdatedAt = answeredAt, Revision = 1,
            }),
            < 110 => chat with { Status = ChatStatus.Ended, EndedAt = answeredAt, Revision = 1 },
            _ => MayEnd(MayReachBackList(chat with
            {
                Status = ChatStatus.Completed,
                Result = results.Pick(ref _random, shopper.Language),
                BackListStatus = _random.Below(10) == 0 ? "in_progress" : "completed",
                UpdatedAt = answeredAt,
                Revision = 1,
            })),
        };
    }

    private ChatState MayReachBackList(ChatState chat) => _random.Below(100) < 35
        ? chat with { UpdatedAt = Later(chat.UpdatedAt, 600), Revision = chat.Revision + 1 }
        : chat;

    private ChatState MayEnd(ChatState chat) => _random.Below(100) < 40
        ? chat with { EndedAt = Later(chat.UpdatedAt, 1800), Revision = chat.Revision + 1 }
        : chat;

    private DateTimeOffset Later(DateTimeOffset than, int seconds)
    {
        var later = than.AddMilliseconds(1000 + _random.Below(seconds * 1000));
        return later < plan.Now ? later : plan.Now;
    }
}
