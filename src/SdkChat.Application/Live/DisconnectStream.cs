using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>
/// Ends a stream on any node. Its client may reconnect at once, as an <c>EventSource</c> does: to keep it out, block the user or disable
/// the tenant. Returns the tenant of the stream.
/// </summary>
public sealed record DisconnectStreamCommand(Guid Stream) : IRequest<TenantId>;

internal sealed class DisconnectStreamHandler(IStreamSurvey survey) : IRequestHandler<DisconnectStreamCommand, TenantId>
{
    public async Task<TenantId> Handle(DisconnectStreamCommand request, CancellationToken cancellationToken)
    {
        var found = await survey.DisconnectAsync(request.Stream, cancellationToken);
        if (found.Streams is [var ended, ..])
            return ended.Tenant;

        // A node that did not reply may have the stream, so it is unknown only if all nodes replied.
        throw found.NodesAnswered < found.NodesAsked
            ? new SdkChatException(ErrorCode.Unavailable, "No node that answered has this stream, and not all did. Try again in a moment.")
            : NotFoundException.Stream();
    }
}
