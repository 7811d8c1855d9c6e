namespace SdkChat.Application.Auditing;

/// <summary>Where it is kept who looked across tenants.</summary>
public interface IAuditTrail
{
    /// <summary>
    /// Says it in the log before it returns, and has it stored within about a second. Returns at once and never fails; what
    /// cannot be stored is tried again, and told in the log where it is given up.
    /// </summary>
    void Append(AuditEntry entry);
}
