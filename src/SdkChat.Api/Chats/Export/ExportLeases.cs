using System.Collections.Concurrent;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Chats.Export;

/// <summary>Allows each caller one export at a time. Each node counts separately.</summary>
internal sealed class ExportLeases
{
    private readonly ConcurrentDictionary<(TenantId? Tenant, string? Subject), bool> _running = new();

    /// <param name="tenant">The caller's own tenant; null for the backoffice.</param>
    /// <returns>Ends the lease when it is disposed.</returns>
    /// <exception cref="SdkChatException">The caller's other export is still running.</exception>
    public IDisposable Acquire(TenantId? tenant, string? subject)
    {
        var caller = (tenant, subject);
        if (!_running.TryAdd(caller, true))
            throw new SdkChatException(ErrorCode.RateLimited, "Your other export is still running: one at a time.");
        return new Lease(this, caller);
    }

    private sealed class Lease(ExportLeases leases, (TenantId? Tenant, string? Subject) caller) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            // Disposing twice must not end a lease that was acquired since.
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                leases._running.TryRemove(caller, out _);
        }
    }
}
