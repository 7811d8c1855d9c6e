using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Auditing;

/// <summary>Reads the audit trail, newest first. An entry appears within about a second of its call.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IAuditReader
{
    /// <summary>Successful reads by super admins that name this tenant, or that read the chats or streams of all tenants.</summary>
    /// <param name="hasChanges">Whether to include their successful changes of this tenant.</param>
    Task<PageSlice<AccessEntry>> ListAccessAsync(
        TenantId tenant, bool hasChanges, PagePosition position, int size, CancellationToken cancellationToken);
}

/// <summary>The whole trail, for the backoffice.</summary>
/// <inheritdoc cref="IAuditReader"/>
public interface ICrossTenantAuditReader
{
    Task<PageSlice<StoredAuditEntry>> ListAsync(AuditFilter filter, PagePosition position, int size, CancellationToken cancellationToken);
}

/// <summary>The criteria of a list of audit entries. A criterion that is null is not applied.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record AuditFilter(string? Subject, TenantId? Tenant, string? Action, DateTimeOffset? From, DateTimeOffset? To);
