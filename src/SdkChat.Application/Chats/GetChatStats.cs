using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Time;
using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Chats;

/// <summary>Statistics of a time range, in buckets.</summary>
/// <param name="Scope">A tenant or the backoffice.</param>
/// <param name="Range">The time range and its buckets.</param>
/// <param name="ByTenant">For the backoffice: also the totals by tenant.</param>
/// <param name="WithQuestions">Also the most frequent questions.</param>
public sealed record GetChatStatsQuery(
    ChatScope Scope, ProfileId? Profile, StatsRange Range, bool ByTenant = false, bool WithQuestions = false)
    : IRequest<ChatStats>;

/// <summary>A time range and the unit of its buckets.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record StatsRange(DateTimeOffset From, DateTimeOffset To, BucketUnit Unit, TimeZoneName Zone)
{
    public const int MaxBuckets = 400;

    /// <summary>
    /// Completes the range that a caller requests. The default end is <paramref name="now"/>; the default length is 48 hours, 30 days or 26
    /// weeks, by the unit.
    /// </summary>
    public static StatsRange Create(DateTimeOffset? from, DateTimeOffset? to, BucketUnit unit, TimeZoneName zone, DateTimeOffset now)
    {
        var end = to ?? now;
        var usual = unit switch
        {
            BucketUnit.Hour => TimeSpan.FromHours(48),
            BucketUnit.Day => TimeSpan.FromDays(30),
            _ => TimeSpan.FromDays(7 * 26),
        };
        return new StatsRange(from ?? (end.UtcTicks > usual.Ticks ? end - usual : DateTimeOffset.MinValue), end, unit, zone);
    }

    internal IReadOnlyList<DateTimeOffset> Bounds { get; } = TimeBuckets.Cut(From, To, Unit, Zone, MaxBuckets);
}

internal sealed class GetChatStatsValidator : AbstractValidator<GetChatStatsQuery>
{
    public GetChatStatsValidator()
    {
        RuleFor(query => query.Range).Must(range => range.From < range.To).OverridePropertyName("from").WithMessage("must be before to.");
        RuleFor(query => query.Range).Must(range => range.Bounds.Count <= StatsRange.MaxBuckets + 1).OverridePropertyName("bucket")
            .WithMessage($"cuts the range into more than {StatsRange.MaxBuckets} buckets: take a longer one, or a shorter range.");
    }
}

internal sealed class GetChatStatsHandler(IChatStatistics statistics, ICrossTenantChatStatistics allTenants)
    : IRequestHandler<GetChatStatsQuery, ChatStats>
{
    public Task<ChatStats> Handle(GetChatStatsQuery request, CancellationToken cancellationToken)
    {
        var filter = new ChatFilter { Profile = request.Profile, From = request.Range.From, To = request.Range.To };
        return request.Scope switch
        {
            ChatScope.OfTenant(var tenant) =>
                statistics.ReadAsync(tenant, filter, request.Range.Bounds, request.WithQuestions, cancellationToken),
            ChatScope.Backoffice(var tenant) =>
                allTenants.ReadAsync(tenant, filter, request.Range.Bounds, request.WithQuestions, request.ByTenant, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(
                nameof(request), request.Scope, "Statistics are read by a tenant or by the backoffice."),
        };
    }
}
