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
