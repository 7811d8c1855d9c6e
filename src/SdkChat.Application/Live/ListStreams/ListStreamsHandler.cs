using MediatR;
using SdkChat.Application.Tenants;

namespace SdkChat.Application.Live.ListStreams;

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
