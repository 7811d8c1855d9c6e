using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>Numbers of chats of a time range, all of one snapshot.</summary>
public sealed record ChatStats
{
    /// <summary>In order of time, without gaps.</summary>
    public required IReadOnlyList<ChatBucket> Buckets { get; init; }

    /// <summary>The numbers of the whole range.</summary>
    public required BucketNumbers Total { get; init; }

    /// <summary>The 20 most frequent errors, most frequent first.</summary>
    public required IReadOnlyList<TextCount> Errors { get; init; }

    /// <summary>The names of the 20 recommended items that occur in most chats, most frequent first.</summary>
    public required IReadOnlyList<TextCount> Items { get; init; }

    /// <summary>The 20 most frequent questions, most frequent first; null if not requested.</summary>
    public IReadOnlyList<TextCount>? Questions { get; init; }

    /// <summary>The numbers of the range by tenant; empty if not requested. Tenants without chats in the range are left out.</summary>
    public IReadOnlyList<TenantNumbers> Groups { get; init; } = [];
}

/// <param name="Start">Inclusive. The bucket ends before the next one starts, or at the end of the range.</param>
public sealed record ChatBucket(DateTimeOffset Start, BucketNumbers Numbers);

/// <param name="Counts">Their total is the number of chats that were started.</param>
public sealed record BucketNumbers(ChatCounts Counts, AnswerTimes Answers);

/// <summary>Milliseconds from kickoff to completion, within 6.25 %. Null without a completed chat.</summary>
public sealed record AnswerTimes(long? P50, long? P95)
{
    /// <summary>Those of no answer.</summary>
    public static AnswerTimes None { get; } = new(null, null);
}

/// <summary>How often a text occurs.</summary>
public sealed record TextCount(string Text, long Count);

public sealed record TenantNumbers(TenantId Tenant, string Code, BucketNumbers Total);
