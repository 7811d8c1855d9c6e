using System.Text.Json.Serialization;
using SdkChat.Application.Chats;

namespace SdkChat.Api.Chats.Statistics;

/// <summary>Numbers of chats of a time range, all of one moment.</summary>
public class ChatStatsResponse
{
    /// <summary>Inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary><c>hour</c>, <c>day</c> or <c>week</c> (from Monday), in local time of the time zone.</summary>
    public required string Bucket { get; init; }

    /// <summary>The time zone.</summary>
    public required string Tz { get; init; }

    /// <summary>
    /// In order of time, without gaps. Each contains the chats that were created from its start to the start of the next.
    /// </summary>
    public required IReadOnlyList<StatsBucketResponse> Buckets { get; init; }

    /// <summary>The numbers of the whole range.</summary>
    public required StatsNumbersResponse Total { get; init; }

    /// <summary>The 20 most frequent errors of the range.</summary>
    public required IReadOnlyList<ErrorCountResponse> Errors { get; init; }

    /// <summary>The names of the 20 recommended items that occur in most chats of the range.</summary>
    public required IReadOnlyList<ItemCountResponse> Items { get; init; }

    /// <summary>
    /// With <c>questions=true</c>: the 20 most frequent prompts of the range's newest 1,000 chats. Prompts that differ in case, width or
    /// white space only are one question, in its most frequent spelling, cut to 200 characters.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<QuestionCountResponse>? Questions { get; init; }
}

/// <summary>Statistics of the backoffice.</summary>
public sealed class AdminChatStatsResponse : ChatStatsResponse
{
    /// <summary>With <c>group_by=tenant</c>: the numbers of each tenant with chats in the range.</summary>
    [JsonPropertyOrder(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TenantStatsResponse>? Groups { get; init; }
}

/// <summary>Numbers of chats by their creation. Each is the <c>total</c> of the list under the same filters.</summary>
public class StatsNumbersResponse
{
    /// <summary>All chats.</summary>
    public required long Started { get; init; }

    public required long Completed { get; init; }

    public required long Error { get; init; }

    public required long Ended { get; init; }

    public required long InProgress { get; init; }

    /// <summary>Chats with at least one accepted back-list trigger. They are included in the completed ones.</summary>
    public required long Triggered { get; init; }

    /// <summary>From kickoff to completion, of all completed chats, within 6.25 %.</summary>
    public required AnswerTimesResponse AnswerMs { get; init; }

    internal static StatsNumbersResponse Create(BucketNumbers numbers) => new()
    {
        Started = numbers.Counts.Total, Completed = numbers.Counts.Completed, Error = numbers.Counts.Error, Ended = numbers.Counts.Ended,
        InProgress = numbers.Counts.InProgress, Triggered = numbers.Counts.Triggered,
        AnswerMs = new AnswerTimesResponse(numbers.Answers.P50, numbers.Answers.P95),
    };
}

/// <summary>One bucket.</summary>
public sealed class StatsBucketResponse : StatsNumbersResponse
{
    /// <summary>The start of the bucket, inclusive.</summary>
    [JsonPropertyOrder(-1)]
    public required DateTimeOffset Start { get; init; }

    internal static StatsBucketResponse Create(ChatBucket bucket) => new()
    {
        Start = bucket.Start,
        Started = bucket.Numbers.Counts.Total, Completed = bucket.Numbers.Counts.Completed, Error = bucket.Numbers.Counts.Error,
        Ended = bucket.Numbers.Counts.Ended, InProgress = bucket.Numbers.Counts.InProgress, Triggered = bucket.Numbers.Counts.Triggered,
        AnswerMs = new AnswerTimesResponse(bucket.Numbers.Answers.P50, bucket.Numbers.Answers.P95),
    };
}

/// <summary>Milliseconds; null if no chat was completed.</summary>
public sealed record AnswerTimesResponse(long? P50, long? P95);

/// <summary>The number of chats that failed with a message.</summary>
public sealed record ErrorCountResponse(string Message, long Count);

/// <summary>The number of chats with a recommended item.</summary>
public sealed record ItemCountResponse(string Name, long Count);

/// <summary>The number of chats with a question.</summary>
public sealed record QuestionCountResponse(string Text, long Count);

/// <summary>The numbers of one tenant.</summary>
public sealed record TenantStatsResponse(Guid TenantId, string TenantCode, StatsNumbersResponse Total);
