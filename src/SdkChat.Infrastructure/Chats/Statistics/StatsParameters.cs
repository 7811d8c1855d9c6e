namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>
/// The parameters of <see cref="ChatStatsSql"/>. Questions, and errors and items where these are not counted, come from a bounded number of
/// the range's newest chats, so that no range, however long, reads a table.
/// </summary>
internal sealed class StatsParameters(ChatListPage list, IReadOnlyList<DateTimeOffset> bounds)
{
    /// <summary>The bucket number of the whole range; buckets count from 1.</summary>
    public const int WholeRange = 0;

    /// <summary>Completed chats whose times are read while slots have none, over all buckets, and the bounds of those of one.</summary>
    public const int MaxAnswers = 2_000;

    private const int MinAnswersOfBucket = 20;
    private const int MaxAnswersOfBucket = 1_000;

    /// <summary>Failed chats that are read.</summary>
    public const int MaxErrors = 1_000;

    /// <summary>Results that are read.</summary>
    public const int MaxResults = 300;

    /// <summary>Prompts that are read.</summary>
    public const int MaxPrompts = 1_000;

    public Guid? Tenant { get; } = list.Tenant?.Value;

    public Guid? Profile { get; } = list.Filter.Profile?.Value;

    public DateTimeOffset? From { get; } = list.Filter.From;

    public DateTimeOffset? To { get; } = list.Filter.To;

    public DateTimeOffset[] Bounds { get; } = [.. bounds];

    public DateTimeOffset[] Starts => Bounds[..^1];

    public DateTimeOffset[] Ends => Bounds[1..];

    /// <summary>Not public: Dapper makes a parameter of each public property.</summary>
    internal QuarterBounds Quarters { get; } = QuarterBounds.Create(bounds);

    public DateTimeOffset[] InnerBounds => Quarters.Inner;

    public DateTimeOffset[] Days => Quarters.Days;

    public DateTimeOffset[] PackSlots => [.. Quarters.Parts.Select(part => part.SlotAt)];

    public int[] PackParts => [.. Quarters.Parts.Select(part => part.Number)];

    public int Sample { get; } = Math.Clamp(MaxAnswers / (bounds.Count - 1), MinAnswersOfBucket, MaxAnswersOfBucket);

    public int Failures { get; } = MaxErrors;

    public int Results { get; } = MaxResults;

    public int Prompts { get; } = MaxPrompts;
}
