namespace SdkChat.Application.Auditing;

/// <summary>Records audited calls.</summary>
public interface IAuditTrail
{
    /// <summary>
    /// Writes the entry to the log before it returns, and stores it within about a second. Returns at once and never throws. A failed write
    /// is repeated; if it is given up, that is logged.
    /// </summary>
    void Append(AuditEntry entry);
}

/// <summary>Stores audit entries at once, for callers outside HTTP requests. Requests use <see cref="IAuditTrail"/>.</summary>
public interface IAuditStore
{
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task StoreAsync(AuditEntry entry, CancellationToken cancellationToken);
}
