using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>Numbers of chats of a time range, all of one snapshot.</summary>
public sealed record ChatStats
{
    /// <summary>In order of time, without gaps.</summary>
    public required IReadOnlyList<ChatBucket> Buckets { get; init; }

    /// <summary>Of the whole range.</summary>
    public required BucketNumbers Total { get; init; }

    /// <summary>The 20 most frequent errors, most frequent first.</summary>
    public required IReadOnlyList<TextCount> Errors { get; init; }

    /// <summary>The 20 recommended items that most chats have, by name, most frequent first.</summary>
    public required IReadOnlyList<TextCount> Items { get; init; }

    /// <summary>The range by tenant; empty where that was not asked for. Tenants without chats in the range are left out.</summary>
    public IReadOnlyList<TenantNumbers> Groups { get; init; } = [];
}

/// <param name="Start">Included. The next bucket's start, or the end of the range, is not.</param>
public sealed record ChatBucket(DateTimeOffset Start, BucketNumbers Numbers);

/// <param name="Counts">Their total is the number of chats that were started.</param>
public sealed record BucketNumbers(ChatCounts Counts, AnswerTimes Answers);

/// <summary>Milliseconds from kickoff to completion. Null without a completed chat.</summary>
public sealed record AnswerTimes(long? P50, long? P95);

/// <summary>How often a text occurs.</summary>
public sealed record TextCount(string Text, long Count);

public sealed record TenantNumbers(TenantId Tenant, string Code, BucketNumbers Total);
