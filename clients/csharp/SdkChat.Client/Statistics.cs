namespace SdkChat.Client;

/// <summary>How statistics cut their range.</summary>
public enum StatsBucketUnit
{
    Hour,
    Day,

    /// <summary>From Monday on.</summary>
    Week,
}

/// <summary>What statistics are about; what is null is the service's default.</summary>
/// <param name="From">Inclusive. Default: 48 hours, 30 days or 26 weeks before the end.</param>
/// <param name="To">Exclusive. Default: now.</param>
/// <param name="Bucket">At most 400 of them. Default: days.</param>
/// <param name="TimeZone">On whose clock buckets begin: a name of the IANA database. Default: UTC.</param>
/// <param name="Profile">Only this profile's chats.</param>
/// <param name="Tenant">Only this tenant's chats; for the backoffice.</param>
/// <param name="ByTenant">Whether to add the numbers of each tenant; for the backoffice.</param>
/// <param name="Questions">Whether to add the most frequent questions.</param>
public sealed record StatsQuery(
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    StatsBucketUnit? Bucket = null,
    string? TimeZone = null,
    Guid? Profile = null,
    Guid? Tenant = null,
    bool ByTenant = false,
    bool Questions = false);

/// <summary>Numbers of chats of a time range, all of one moment.</summary>
/// <param name="Bucket"><c>hour</c>, <c>day</c> or <c>week</c>.</param>
/// <param name="Tz">The time zone.</param>
/// <param name="Buckets">In order of time, without gaps.</param>
/// <param name="Total">Of the whole range.</param>
/// <param name="Errors">The 20 most frequent errors.</param>
/// <param name="Items">The 20 recommended items that most chats have.</param>
/// <param name="Groups">By tenant; null unless <see cref="StatsQuery.ByTenant"/>.</param>
/// <param name="Questions">
/// The 20 most frequent questions of the newest chats, most frequent first; null unless <see cref="StatsQuery.Questions"/>.
/// </param>
public sealed record ChatStats(
    DateTimeOffset From,
    DateTimeOffset To,
    string Bucket,
    string Tz,
    IReadOnlyList<StatsBucket> Buckets,
    StatsNumbers Total,
    IReadOnlyList<ErrorCount> Errors,
    IReadOnlyList<ItemCount> Items,
    IReadOnlyList<TenantStats>? Groups = null,
    IReadOnlyList<QuestionCount>? Questions = null);

/// <summary>Numbers of chats by their creation. Each is the <c>Total</c> of the list under the same filters.</summary>
/// <param name="Started">All chats.</param>
/// <param name="Triggered">With at least one accepted back-list trigger; they are among the completed ones.</param>
/// <param name="AnswerMs">From kickoff to completion, in milliseconds, within 6.25 %.</param>
public sealed record StatsNumbers(
    long Started, long Completed, long Error, long Ended, long InProgress, long Triggered, AnswerTimes AnswerMs);

/// <summary>The numbers of one bucket.</summary>
/// <param name="Start">Where the bucket begins.</param>
/// <param name="Started">All chats.</param>
/// <param name="Triggered">With at least one accepted back-list trigger; they are among the completed ones.</param>
/// <param name="AnswerMs">From kickoff to completion, in milliseconds, within 6.25 %.</param>
public sealed record StatsBucket(
    DateTimeOffset Start, long Started, long Completed, long Error, long Ended, long InProgress, long Triggered, AnswerTimes AnswerMs);

/// <summary>In milliseconds; null without a completed chat.</summary>
public sealed record AnswerTimes(long? P50, long? P95);

/// <summary>How many chats failed with a message.</summary>
public sealed record ErrorCount(string Message, long Count);

/// <summary>How many chats were recommended an item.</summary>
public sealed record ItemCount(string Name, long Count);

/// <summary>How many chats asked a question.</summary>
public sealed record QuestionCount(string Text, long Count);

/// <summary>The numbers of one tenant.</summary>
public sealed record TenantStats(Guid TenantId, string TenantCode, StatsNumbers Total);
