using System.Globalization;

namespace SdkChat.Client;

/// <content>The audit trail.</content>
public sealed partial class SdkChatClient
{
    private const string Access = "/api/v1/sdk-chat/access";
    private const string Audit = "/api/v1/admin/audit";

    /// <summary>A page of what super admins read of the tenant, newest first.</summary>
    /// <param name="page">Counts from 0.</param>
    /// <param name="size">Rows a page; more than 100 is answered as 100.</param>
    /// <param name="changes">Whether to add what they changed, such as persons that they erased.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<AccessPage> ListAccessAsync(
        int page = 0, int size = 20, bool changes = false, CancellationToken cancellationToken = default) =>
        (await ReadAsync(
            Page(Access, page, size) + (changes ? "&changes=true" : ""), Wire.Default.EnvelopeAccessPage, cancellationToken)
            .ConfigureAwait(false)).Body.Data;

    /// <summary>A page of the audit trail, newest first; with a backoffice token. Reading it leaves an entry.</summary>
    /// <param name="filter">Null for all entries.</param>
    /// <param name="page">Counts from 0.</param>
    /// <param name="size">Rows a page; more than 100 is answered as 100.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<AuditPage> ListAuditAsync(
        AuditFilter? filter = null, int page = 0, int size = 20, CancellationToken cancellationToken = default)
    {
        var parameters = new (string Name, string? Value)[]
        {
            ("subject", filter?.Subject), ("tenant_id", filter?.Tenant?.ToString()), ("action", filter?.Action),
            ("from", Text(filter?.From)), ("to", Text(filter?.To)),
        };
        var query = string.Concat(
            parameters.Where(parameter => parameter.Value is not null)
                .Select(parameter => $"&{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
        return (await ReadAsync(
            Page(Audit, page, size) + query, Wire.Default.EnvelopeAuditPage, cancellationToken).ConfigureAwait(false)).Body.Data;
    }

    private static string? Text(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
