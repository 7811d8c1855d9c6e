using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>A page of the streams that are open on all nodes, newest first, for the backoffice.</summary>
/// <param name="Tenant">Only this tenant's streams; null for all.</param>
public sealed record ListStreamsQuery(TenantId? Tenant, NumberedPageRequest Page) : IRequest<StreamPage>;

/// <param name="Streams">The page.</param>
/// <param name="NodesAsked">The number of nodes that were considered alive.</param>
/// <param name="NodesAnswered">How many of them replied in time. The streams of the others are missing from page and total.</param>
public sealed record StreamPage(NumberedPage<OpenStreamRow> Streams, int NodesAsked, int NodesAnswered);

/// <param name="TenantCode">Null if the tenant no longer exists.</param>
public sealed record OpenStreamRow(OpenStreamInfo Stream, string? TenantCode);

internal sealed class ListStreamsValidator : AbstractValidator<ListStreamsQuery>
{
    public ListStreamsValidator(IValidator<NumberedPageRequest> page) =>
        RuleFor(query => query.Page).SetValidator(page).OverridePropertyName("");
}

internal sealed class ListStreamsHandler(IStreamSurvey survey, ITenantCache tenants) : IRequestHandler<ListStreamsQuery, StreamPage>
{
    public async Task<StreamPage> Handle(ListStreamsQuery request, CancellationToken cancellationToken)
    {
        // Each node returns its newest streams only, enough of them to contain every row of the page.
        var found = await survey.ListAsync(request.Tenant, request.Page.Offset + request.Page.CappedSize, cancellationToken);
        var page = found.Streams
            .OrderByDescending(stream => stream.Since).ThenByDescending(stream => stream.Id)
            .Skip((int)Math.Min(request.Page.Offset, int.MaxValue))
            .Take(request.Page.CappedSize);

        var rows = new List<OpenStreamRow>();
        foreach (var stream in page)
            rows.Add(new OpenStreamRow(stream, (await tenants.FindAsync(stream.Tenant, cancellationToken))?.Code.Value));
        return new StreamPage(request.Page.CreatePage(rows, found.Total), found.NodesAsked, found.NodesAnswered);
    }
}
