using Microsoft.AspNetCore.Mvc;
using SdkChat.Application.Auditing;
using SdkChat.Application.Common.Time;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Auditing;

/// <summary>The criteria of a list of audit entries. Each is optional.</summary>
public sealed record AuditQuery
{
    /// <summary>The exact subject of the caller's token.</summary>
    [FromQuery(Name = "subject")]
    public string? Subject { get; init; }

    [FromQuery(Name = "tenant_id")]
    public Guid? TenantId { get; init; }

    [FromQuery(Name = "action")]
    public string? Action { get; init; }

    /// <summary>Inclusive.</summary>
    [FromQuery(Name = "from")]
    public TimeBound? From { get; init; }

    /// <summary>Exclusive.</summary>
    [FromQuery(Name = "to")]
    public TimeBound? To { get; init; }

    /// <summary>The time zone of dates; UTC by default.</summary>
    [FromQuery(Name = "tz")]
    public TimeZoneName? Tz { get; init; }

    internal AuditFilter ToFilter()
    {
        var zone = Tz ?? TimeZoneName.Utc;
        return new AuditFilter(
            Subject, TenantId is { } tenant ? new TenantId(tenant) : null, Action, From?.Resolve(zone), To?.Resolve(zone));
    }
}
