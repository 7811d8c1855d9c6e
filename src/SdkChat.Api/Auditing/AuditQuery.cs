using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Auditing;
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

    /// <summary>Inclusive: an instant with its offset, or a date (UTC).</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>Exclusive; the same formats as <see cref="From"/>.</summary>
    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <returns>The filter, or the failure if a parameter is invalid.</returns>
    internal (AuditFilter? Filter, Failure? Failure) Read()
    {
        var (isFrom, isTo) = (TryParse(From, out var from), TryParse(To, out var to));
        if (isFrom && isTo)
            return (new AuditFilter(Subject, TenantId is { } tenant ? new TenantId(tenant) : null, Action, from, to), null);

        const string Wrong = "is neither an instant with its offset, such as 2026-04-23T05:28:08Z, nor a date.";
        return (null, Failure.Invalid(new[] { (isFrom, "from"), (isTo, "to") }.Where(part => !part.Item1).Select(part => (part.Item2, Wrong))));
    }

    private static bool TryParse(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (text is null)
            return true;

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            instant = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
        else if (InstantText.TryParse(text, out var read))
            instant = read;
        return instant is not null;
    }
}
