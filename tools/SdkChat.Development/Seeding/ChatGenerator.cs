using SdkChat.Domain.Chats;

using SdkChat.Development.Pipelines;

namespace SdkChat.Development.Seeding;

/// <summary>
/// Generates chats, oldest first, each in a state that the lifecycle allows by now. A profile's chats are later than the profile. The
/// newest few chats are from the last two minutes, some of them in progress if the plan wants that.
/// </summary>
internal sealed class ChatGenerator(SeedPlan plan, IReadOnlyList<Shopper> shoppers)
{
    /// <summary>Milliseconds until an answer, and how many more it may take.</summary>
    public const int ShortestAnswer = 800;
    public const int AnswerSpread = 12_000;

    private const int MostFresh = 5;
    private const ulong Spread = 0xD1B54A32D192ED03;

    private static readonly TimeSpan FreshInterval = TimeSpan.FromSeconds(20);

    private static readonly string[] Errors =
    [
        "The pipeline did not finish within 120 s.",
        "The pipeline answered with status 502.",
        "The pipeline reported: no product matches this request.",
        "The pipeline reported: the model's answer was not valid JSON.",
        "The pipeline reported: upstream rate limit reached.",
    ];

    private readonly Timeline _timeline = new(plan.Now);
    private readonly ResultPool _results = new(new SplitMix(plan.Seed));
    private readonly int _fresh = Math.Min(MostFresh, plan.Chats / 10);

    /// <summary>
    /// A range of chats, by number. Each range has its own random numbers, so ranges may be generated in any order and in parallel. The
    /// same ranges give the same chats.
    /// </summary>
    public IEnumerable<ChatState> Generate(int first, int count)
    {
        var random = new SplitMix(plan.Seed + ((ulong)(first + 1) * Spread));
        for (var number = first; number < first + count; number++)
            yield return Create(number, random);
    }

    private ChatState Create(int number, SplitMix random)
    {
        var stale = plan.Chats - _fresh;
        var age = plan.Chats - number;
        var isFresh = age <= _fresh;
        var fraction = isFresh ? 1 : (number + random.Fraction()) / stale;
        var createdAt = isFresh ? plan.Now - (age * FreshInterval) : _timeline.At(fraction);

        // Of the shoppers that exist by then; newer ones have more chats.
        var known = Math.Max(1, (int)(fraction * shoppers.Count));
        var shopper = shoppers[(int)(known * Math.Sqrt(random.Fraction()))];
        var chat = new ChatState
        {
            Id = new ChatId(SeededIds.Version7(random, createdAt)),
            Tenant = plan.Tenant,
            Profile = shopper.Id,
            Prompt = Prompts.Create(random, shopper.Language),
            Status = ChatStatus.InProgress,
            BackListStatus = Chat.BackListNotStarted,
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
            Revision = 0,
        };
        return plan.HasWaiting && isFresh && age % 2 == 1 && age < MostFresh ? chat : Finish(chat, shopper, random);
    }

    private ChatState Finish(ChatState chat, Shopper shopper, SplitMix random)
    {
        var answeredAt = chat.CreatedAt.AddMilliseconds(ShortestAnswer + random.Below(AnswerSpread));
        return random.Below(1000) switch
        {
            < 60 => MayEnd(random, chat with
            {
                Status = ChatStatus.Error, LastError = random.Pick(Errors), UpdatedAt = answeredAt, Revision = 1,
            }),
            < 110 => chat with { Status = ChatStatus.Ended, EndedAt = answeredAt, Revision = 1 },
            _ => MayEnd(random, MayReachBackList(random, chat with
            {
                Status = ChatStatus.Completed,
                Result = _results.Pick(random, shopper.Language),
                BackListStatus = random.Below(10) == 0 ? "in_progress" : "completed",
                UpdatedAt = answeredAt,
                Revision = 1,
            })),
        };
    }

    private ChatState MayReachBackList(SplitMix random, ChatState chat) => random.Below(100) < 35
        ? chat with { UpdatedAt = Later(random, chat.UpdatedAt, 600), Revision = chat.Revision + 1 }
        : chat;

    private ChatState MayEnd(SplitMix random, ChatState chat) => random.Below(100) < 40
        ? chat with { EndedAt = Later(random, chat.UpdatedAt, 1800), Revision = chat.Revision + 1 }
        : chat;

    private DateTimeOffset Later(SplitMix random, DateTimeOffset than, int seconds)
    {
        var later = than.AddMilliseconds(1000 + random.Below(seconds * 1000));
        return later < plan.Now ? later : plan.Now;
    }
}
