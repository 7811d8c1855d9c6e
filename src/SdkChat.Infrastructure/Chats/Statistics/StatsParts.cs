using SdkChat.Application.Chats;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>What was read for the statistics of a range.</summary>
internal sealed class StatsParts(StatsParameters parameters, IReadOnlyList<StatsPart> parts)
{
    /// <summary>Whether errors and items are counted.</summary>
    public bool HasTexts { get; } = parts.Any(part => part.Kind == StatsPart.Texts);

    /// <summary>Whether times of answers are counted.</summary>
    public bool HasAnswers { get; } = parts.All(part => part.Content is not null);

    public FrequentTexts Texts()
    {
        var sums = new TextSums();
        foreach (var part in parts.Where(part => part.Kind == StatsPart.Texts))
            sums.Add(part.Number, part.Content);
        return new FrequentTexts(sums.Errors, sums.Items);
    }

    /// <param name="newest">Times of the newest chats by bucket, where they are not counted.</param>
    public ChatStats Sum(FrequentTexts texts, IReadOnlyDictionary<int, AnswerTimes>? newest)
    {
        using var sums = BucketSums.Create(parts, parameters.Quarters, parameters.Starts.Length);
        return new ChatStats
        {
            Buckets = [.. sums.Buckets.Select((sum, n) => new ChatBucket(parameters.Bounds[n], Numbers(sum, n + 1)))],
            Total = Numbers(sums.Total(), StatsParameters.WholeRange),
            Errors = texts.Errors,
            Items = texts.Items,
        };

        BucketNumbers Numbers(BucketSum sum, int number) => new(
            sum.ToCounts(), newest is null ? sum.Answers.ToTimes() : newest.GetValueOrDefault(number, AnswerTimes.None));
    }
}

/// <summary>The most frequent texts of a range.</summary>
internal sealed record FrequentTexts(IReadOnlyList<TextCount> Errors, IReadOnlyList<TextCount> Items);
