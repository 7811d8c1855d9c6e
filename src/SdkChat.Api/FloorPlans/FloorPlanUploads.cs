using SdkChat.Api.Http;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.FloorPlans;

/// <summary>
/// Limits the uploads in progress, each of which holds memory until its body has arrived: one of a tenant, and few of a node.
/// </summary>
internal sealed class FloorPlanUploads
{
    /// <summary>How long a body may take: 1 MiB over a slow network.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(100);

    private const int MostOfNode = 16;

    private readonly Leases<TenantId> _running = new();

    /// <returns>Ends the upload when it is disposed.</returns>
    /// <exception cref="SdkChatException">Another upload of the tenant is in progress, or too many of the node.</exception>
    public IDisposable Begin(TenantId tenant)
    {
        var upload = _running.TryAcquire(tenant)
            ?? throw new SdkChatException(ErrorCode.RateLimited, "Another floor plan of the tenant is being uploaded: one at a time.");
        if (_running.Count <= MostOfNode)
            return upload;

        upload.Dispose();
        throw new SdkChatException(ErrorCode.RateLimited, "Too many floor plans are being uploaded: try again later.");
    }
}
