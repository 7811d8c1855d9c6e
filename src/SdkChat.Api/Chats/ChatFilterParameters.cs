using Microsoft.AspNetCore.Mvc;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Time;
using SdkChat.Domain.Profiles;

namespace SdkChat.Api.Chats;

/// <summary>
/// The query parameters that make a <see cref="ChatFilter"/>. Each property is one parameter, and links to other pages carry all of them.
/// </summary>
public sealed class ChatFilterParameters
{
    [FromQuery(Name = "profile_id")]
    public Guid? ProfileId { get; init; }

    [FromQuery(Name = "status")]
    public ChatStatuses? Status { get; init; }

    [FromQuery(Name = "from")]
    public TimeBound? From { get; init; }

    [FromQuery(Name = "to")]
    public TimeBound? To { get; init; }

    [FromQuery(Name = "tz")]
    public TimeZoneName? Tz { get; init; }

    [FromQuery(Name = "triggered")]
    public bool? Triggered { get; init; }

    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    internal ChatFilter ToFilter()
    {
        var zone = Tz ?? TimeZoneName.Utc;
        var filter = new ChatFilter
        {
            Profile = ProfileId is { } profile ? new ProfileId(profile) : null,
            Statuses = Status ?? ChatStatuses.Any,
            From = From?.Resolve(zone),
            To = To?.Resolve(zone),
            Triggered = Triggered,
            Query = Q,
        };
        return filter == ChatFilter.None ? ChatFilter.None : filter;
    }
}
