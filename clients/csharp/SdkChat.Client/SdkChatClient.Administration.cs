using System.Globalization;

namespace SdkChat.Client;

/// <content>Keys, tenants and blocks.</content>
public sealed partial class SdkChatClient
{
    private const string OwnKeys = "/api/v1/api-keys";
    private const string Blocks = "/api/v1/admin/blocks";
    private const string Tenants = "/api/v1/admin/tenants";

    /// <summary>A page of a tenant's SDK keys, newest first; revoked and expired ones too.</summary>
    /// <param name="tenant">Null for the token's own tenant; otherwise the token is a backoffice token.</param>
    /// <param name="page">Counts from 0.</param>
    /// <param name="size">Rows a page; more than 100 is answered as 100.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<ApiKeyPage> ListApiKeysAsync(
        Guid? tenant = null, int page = 0, int size = 20, CancellationToken cancellationToken = default) =>
        (await ReadAsync(
            Page(KeysOf(tenant), page, size), Wire.Default.EnvelopeApiKeyPage, cancellationToken).ConfigureAwait(false)).Body.Data;

    /// <summary>Makes an SDK key. The result is the only place that shows it.</summary>
    /// <param name="name">What people call it: 1 to 100 characters on one line.</param>
    /// <param name="expiresInDays">One of 7, 14, 30, 60, 90, 180 and 365; null for a key that does not expire.</param>
    /// <param name="tenant">As in <see cref="ListApiKeysAsync"/>.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public Task<CreatedApiKey> CreateApiKeyAsync(
        string name, int? expiresInDays, Guid? tenant = null, CancellationToken cancellationToken = default) =>
        WriteAsync(
            HttpMethod.Post, KeysOf(tenant), new NewApiKey(name, expiresInDays), Wire.Default.NewApiKey, Wire.Default.EnvelopeCreatedApiKey,
            cancellationToken);

    /// <summary>Revokes an SDK key for good, on every node within 5 s. Once more changes nothing.</summary>
    /// <param name="keyPrefix">The key's beginning, as the list shows it.</param>
    /// <param name="tenant">As in <see cref="ListApiKeysAsync"/>.</param>
    /// <exception cref="SdkChatException">The service refused; <c>API_KEY_NOT_FOUND</c> also for another tenant's.</exception>
    public Task<ApiKey> RevokeApiKeyAsync(string keyPrefix, Guid? tenant = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyPrefix);
        return DeleteAsync($"{KeysOf(tenant)}/{Uri.EscapeDataString(keyPrefix)}", Wire.Default.EnvelopeApiKey, cancellationToken);
    }

    /// <summary>A page of the tenants, by code; with a backoffice token.</summary>
    /// <param name="page">Counts from 0.</param>
    /// <param name="size">Rows a page; more than 100 is answered as 100.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<TenantPage> ListTenantsAsync(int page = 0, int size = 20, CancellationToken cancellationToken = default) =>
        (await ReadAsync(Page(Tenants, page, size), Wire.Default.EnvelopeTenantPage, cancellationToken).ConfigureAwait(false)).Body.Data;

    /// <summary>A page of the tenants whose code or name contains a text, by code; with a backoffice token.</summary>
    /// <param name="name">A part of the code or the name, in any case.</param>
    /// <param name="page">Counts from 0.</param>
    /// <param name="size">Rows a page; more than 100 is answered as 100.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<TenantPage> FindTenantsAsync(string name, int page = 0, int size = 20, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var address = $"{Page(Tenants, page, size)}&name={Uri.EscapeDataString(name)}";
        return (await ReadAsync(address, Wire.Default.EnvelopeTenantPage, cancellationToken).ConfigureAwait(false)).Body.Data;
    }

    /// <summary>Adds a tenant, enabled; with a backoffice token.</summary>
    /// <param name="code">1 to 63 letters a-z, digits and inner hyphens. It never changes.</param>
    /// <param name="name">For people: 1 to 200 characters on one line.</param>
    /// <exception cref="SdkChatException">The service refused; <c>TENANT_EXISTS</c> where the code is taken.</exception>
    public Task<Tenant> AddTenantAsync(string code, string name, CancellationToken cancellationToken = default) =>
        WriteAsync(
            HttpMethod.Post, Tenants, new NewTenant(code, name), Wire.Default.NewTenant, Wire.Default.EnvelopeTenant, cancellationToken);

    /// <summary>Renames a tenant, or enables or disables it on every node within 5 s; with a backoffice token.</summary>
    /// <param name="name">Null to keep it.</param>
    /// <param name="enabled">Null to keep it.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public Task<Tenant> UpdateTenantAsync(
        Guid tenant, string? name = null, bool? enabled = null, CancellationToken cancellationToken = default) =>
        WriteAsync(
            HttpMethod.Patch, $"{Tenants}/{tenant}", new TenantChange(name, enabled), Wire.Default.TenantChange,
            Wire.Default.EnvelopeTenant, cancellationToken);

    /// <summary>A page of the blocks that have not ended, newest first; with a backoffice token.</summary>
    /// <param name="tenant">Only this tenant's; null for all.</param>
    /// <param name="page">Counts from 0.</param>
    /// <param name="size">Rows a page; more than 100 is answered as 100.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<BlockPage> ListBlocksAsync(
        Guid? tenant = null, int page = 0, int size = 20, CancellationToken cancellationToken = default)
    {
        var address = Page(Blocks, page, size) + (tenant is null ? "" : $"&tenant_id={tenant}");
        return (await ReadAsync(address, Wire.Default.EnvelopeBlockPage, cancellationToken).ConfigureAwait(false)).Body.Data;
    }

    /// <summary>
    /// Refuses a tenant's user and ends the user's streams, on every node within 5 s; with a backoffice token. A user who is blocked
    /// already gets the new end and reason.
    /// </summary>
    /// <param name="subject">The user's <c>sub</c>.</param>
    /// <param name="until">When the user is let in again; in the future.</param>
    /// <param name="reason">For people: 1 to 500 characters on one line.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public Task<Block> BlockAsync(
        Guid tenant, string subject, DateTimeOffset until, string reason, CancellationToken cancellationToken = default) =>
        WriteAsync(
            HttpMethod.Post, Blocks, new NewBlock(tenant, subject, until, reason), Wire.Default.NewBlock, Wire.Default.EnvelopeBlock,
            cancellationToken);

    /// <summary>Lets a blocked user in again, on every node within 5 s; with a backoffice token.</summary>
    /// <returns>The block that was removed.</returns>
    /// <exception cref="SdkChatException">The service refused; <c>BLOCK_NOT_FOUND</c> where there is none.</exception>
    public Task<Block> UnblockAsync(Guid block, CancellationToken cancellationToken = default) =>
        DeleteAsync($"{Blocks}/{block}", Wire.Default.EnvelopeBlock, cancellationToken);

    private static string KeysOf(Guid? tenant) => tenant is null ? OwnKeys : $"{Tenants}/{tenant}/api-keys";

    private static string Page(string path, int page, int size) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}?page={page}&size={size}");
}
