using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Tenants;

namespace SdkChat.Application.Live.OpenStream;

internal sealed class OpenStreamHandler(ILiveStreams streams, ITenantDirectory tenants, IBlockCache blocks) : IRequestHandler<OpenStreamCommand, ILiveStream>
{
    public async Task<ILiveStream> Handle(OpenStreamCommand request, CancellationToken cancellationToken)
    {
        if (!request.IsTenantVerified)
            return streams.OpenRetryOnly(request.Tenant);

        var stream = streams.Open(request.Tenant, FilterOf(request), request.AcceptedUntil, request.Subject, request.SignedBy);
        try
        {
            // The tenant may have been disabled after the caller was let in and before the hub knew of the stream: whoever
            // ends the streams of disabled tenants has then looked too early. Asked again from here on, one of the two sees it.
            if (await tenants.FindAsync(request.Tenant, cancellationToken) is not { Enabled: true })
            {
                stream.End(StreamEndReason.TenantDisabled);
                throw new SdkChatException(ErrorCode.TenantDisabled, "The tenant is disabled.");
            }

            // The same holds for a user who was blocked meanwhile.
            if (request.Subject is not { } subject || !await blocks.IsBlockedAsync(request.Tenant, subject, cancellationToken))
                return stream;

            stream.End(StreamEndReason.Blocked);
            throw new SdkChatException(ErrorCode.Blocked, "The user is blocked.");
        }
        catch (UnavailableException)
        {
            // This stream holds ready, which the caller may not get: it is replaced before any of it has left.
            stream.End(StreamEndReason.Unavailable);
            stream.Dispose();
            return streams.OpenRetryOnly(request.Tenant);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static StreamFilter FilterOf(OpenStreamCommand request) =>
        new(request.Events is { } names && LiveEventNames.TryParse(names, out var events) ? events : LiveEvents.Default, request.Profile);
}
