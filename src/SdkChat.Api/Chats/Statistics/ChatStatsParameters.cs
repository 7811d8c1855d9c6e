using Microsoft.AspNetCore.Mvc;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Time;
using SdkChat.Domain.Profiles;

namespace SdkChat.Api.Chats.Statistics;

/// <summary>The query parameters of statistics.</summary>
public sealed class ChatStatsParameters
{
    [FromQuery(Name = "profile_id")]
    public Guid? ProfileId { get; init; }

    [FromQuery(Name = "from")]
    public TimeBound? From { get; init; }

    [FromQuery(Name = "to")]
    public TimeBound? To { get; init; }

    [FromQuery(Name = "tz")]
    public TimeZoneName? Tz { get; init; }

    [FromQuery(Name = "bucket")]
    public BucketUnit? Bucket { get; init; }

    [FromQuery(Name = "questions")]
    public bool? Questions { get; init; }

    internal GetChatStatsQuery ToQuery(ChatScope scope, TimeProvider clock, bool byTenant = false)
    {
        var zone = Tz ?? TimeZoneName.Utc;
        var range = StatsRange.Create(From?.Resolve(zone), To?.Resolve(zone), Bucket ?? BucketUnit.Day, zone, clock.GetUtcNow());
        return new GetChatStatsQuery(scope, ProfileId is { } profile ? new ProfileId(profile) : null, range, byTenant, Questions ?? false);
    }
}
