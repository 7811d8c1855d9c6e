using SdkChat.Api.Http;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Chats.Export;

/// <summary>Allows each caller one export at a time. Each node counts separately.</summary>
internal sealed class ExportLeases
{
    private readonly Leases<(TenantId? Tenant, string? Subject)> _running = new();

    /// <param name="tenant">The caller's own tenant; null for the backoffice.</param>
    /// <returns>Ends the lease when it is disposed.</returns>
    /// <exception cref="SdkChatException">The caller's other export is still running.</exception>
    public IDisposable Acquire(TenantId? tenant, string? subject) => _running.TryAcquire((tenant, subject))
        ?? throw new SdkChatException(ErrorCode.RateLimited, "Your other export is still running: one at a time.");
}
