using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.FloorPlans;

/// <summary>Limits the uploads in progress, each of which holds memory until its body has arrived: one of a tenant, and few of a node.</summary>
internal sealed class FloorPlanUploads
{
    /// <summary>How long a body may take, in seconds: 1 MiB over a slow network.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(100);

    private const int MostOfNode = 16;

    private readonly HashSet<TenantId> _running = [];

    /// <returns>Ends the upload when it is disposed.</returns>
    /// <exception cref="SdkChatException">Another upload of the tenant is in progress, or too many of the node.</exception>
    public IDisposable Begin(TenantId tenant)
    {
        lock (_running)
        {
            if (_running.Contains(tenant))
                throw new SdkChatException(ErrorCode.RateLimited, "Another floor plan of the tenant is being uploaded: one at a time.");
            if (_running.Count == MostOfNode)
                throw new SdkChatException(ErrorCode.RateLimited, "Too many floor plans are being uploaded: try again later.");
            _running.Add(tenant);
        }

        return new Upload(this, tenant);
    }

    private sealed class Upload(FloorPlanUploads uploads, TenantId tenant) : IDisposable
    {
        private bool _isDisposed;

        public void Dispose()
        {
            lock (uploads._running)
            {
                if (!_isDisposed)
                    uploads._running.Remove(tenant);
                _isDisposed = true;
            }
        }
    }
}
