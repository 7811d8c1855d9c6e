using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>
/// End a stream, on whichever node it is. Its reader may come back at once: an <c>EventSource</c> does. Who must stay out
/// needs a token that is refused, or a disabled tenant. Answers whose the stream was.
/// </summary>
public sealed record DisconnectStreamCommand(Guid Stream) : IRequest<TenantId>;

internal sealed class DisconnectStreamHandler(IStreamSurvey survey) : IRequestHandler<DisconnectStreamCommand, TenantId>
{
    public async Task<TenantId> Handle(DisconnectStreamCommand request, CancellationToken cancellationToken)
    {
        var found = await survey.DisconnectAsync(request.Stream, cancellationToken);
        if (found.Streams is [var ended, ..])
            return ended.Tenant;

        // "There is none" takes everybody's word; a node that said nothing may have it.
        throw found.NodesAnswered < found.NodesAsked
            ? new SdkChatException(ErrorCode.Unavailable, "No node that answered has this stream, and not all did. Try again in a moment.")
            : NotFoundException.Stream();
    }
}
