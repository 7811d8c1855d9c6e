using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Common.Time;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Live;

/// <summary>The overview of the tenants, those that need attention first, for the backoffice.</summary>
/// <param name="From">The start of the range in which chats are counted; null for today.</param>
/// <param name="Zone">The time zone of "today".</param>
public sealed record GetTenantOverviewQuery(TenantFilter Filter, DateTimeOffset? From, TimeZoneName Zone, NumberedPageRequest Page)
    : IRequest<TenantOverviewPage>;

/// <param name="From">The start of the range in which chats are counted.</param>
/// <param name="NodesAsked">The number of nodes that were considered alive.</param>
/// <param name="NodesAnswered">How many of them replied in time. The streams of the others are not counted.</param>
public sealed record TenantOverviewPage(NumberedPage<TenantOverviewRow> Tenants, DateTimeOffset From, int NodesAsked, int NodesAnswered);

/// <param name="Streams">Open live streams, on the nodes that replied.</param>
public sealed record TenantOverviewRow(TenantOverview Overview, long Streams);

internal sealed class GetTenantOverviewValidator : AbstractValidator<GetTenantOverviewQuery>
{
    /// <summary>The maximum range: all its chats are read.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public GetTenantOverviewValidator(IValidator<NumberedPageRequest> page, IValidator<TenantFilter> filter, TimeProvider clock)
    {
        RuleFor(query => query.Page).SetValidator(page).OverridePropertyName("");
        RuleFor(query => query.Filter).SetValidator(filter).OverridePropertyName("");
        RuleFor(query => query.From).Must(from => from is null || from >= clock.GetUtcNow() - Longest).OverridePropertyName("from")
            .WithMessage($"must not lie more than {Longest.Days} days back.");
    }
}

internal sealed class GetTenantOverviewHandler(ITenantOverviews overviews, IStreamSurvey survey, TimeProvider clock)
    : IRequestHandler<GetTenantOverviewQuery, TenantOverviewPage>
{
    /// <summary>Well above a run's time limit and the sweep's interval: an older chat in progress shows a fault.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    /// <summary>Sufficient time to create a key and to release an app with it.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public async Task<TenantOverviewPage> Handle(GetTenantOverviewQuery request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var from = request.From ?? LocalTime.StartOfDay(now, request.Zone);
        var (items, total) = await overviews.ListAsync(
            request.Filter, from, now - Late, (now, now + Soon), request.Page.Offset, request.Page.CappedSize, cancellationToken);
        var streams = await survey.CountAsync(cancellationToken);
        var rows = items.Select(item => new TenantOverviewRow(item, streams.ByTenant.GetValueOrDefault(item.Tenant.Id))).ToArray();
        return new TenantOverviewPage(
            request.Page.CreatePage<TenantOverviewRow>(rows, total), from, streams.NodesAsked, streams.NodesAnswered);
    }
}
