namespace SdkChat.Application.Auditing;

/// <summary>Stores audit entries at once, for callers outside HTTP requests. Requests use <see cref="IAuditTrail"/>.</summary>
public interface IAuditStore
{
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task StoreAsync(AuditEntry entry, CancellationToken cancellationToken);
}
