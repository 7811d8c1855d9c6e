using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>A page of the streams that are open on all nodes, newest first, for the backoffice.</summary>
/// <param name="Tenant">Only this tenant's; null for all.</param>
public sealed record ListStreamsQuery(TenantId? Tenant, NumberedPageRequest Page) : IRequest<StreamPage>;

/// <param name="Streams">The page.</param>
/// <param name="NodesAsked">Nodes that were thought to be alive.</param>
/// <param name="NodesAnswered">Those of them that answered in time. The streams of the others are missing from page and total.</param>
public sealed record StreamPage(NumberedPage<OpenStreamRow> Streams, int NodesAsked, int NodesAnswered);

/// <param name="TenantCode">Null when the tenant is no more.</param>
public sealed record OpenStreamRow(OpenStreamInfo Stream, string? TenantCode);

internal sealed class ListStreamsValidator : AbstractValidator<ListStreamsQuery>
{
    public ListStreamsValidator(IValidator<NumberedPageRequest> page) => RuleFor(query => query.Page).SetValidator(page).OverridePropertyName("");
}

internal sealed class ListStreamsHandler(IStreamSurvey survey, ITenantDirectory tenants) : IRequestHandler<ListStreamsQuery, StreamPage>
{
    public async Task<StreamPage> Handle(ListStreamsQuery request, CancellationToken cancellationToken)
    {
        // Each node tells of its newest alone: whatever the page shows is among them.
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
