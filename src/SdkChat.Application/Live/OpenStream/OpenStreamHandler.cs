using MediatR;
using SdkChat.Application.Tenants;

namespace SdkChat.Application.Live.OpenStream;

internal sealed class OpenStreamHandler(ILiveHub hub, ITenantDirectory tenants) : IRequestHandler<OpenStreamQuery, ILiveStream>
{
    public async Task<ILiveStream> Handle(OpenStreamQuery request, CancellationToken cancellationToken)
    {
        var stream = hub.Open(request.Tenant, request.AcceptedUntil);
        try
        {
            // Asked again now that the stream can be found: whoever disabled the tenant a moment ago may have looked before.
            if (await tenants.FindAsync(request.Tenant, cancellationToken) is not { Enabled: true })
                stream.End(StreamEndReason.TenantDisabled);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
