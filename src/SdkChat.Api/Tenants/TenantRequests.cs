namespace SdkChat.Api.Tenants;

/// <summary>A tenant to be created, enabled.</summary>
/// <param name="Code">The name in its hosts and keys: 1 to 63 letters a-z, digits and inner hyphens. It never changes.</param>
/// <param name="Name">The display name: 1 to 200 characters on one line.</param>
public sealed record AddTenantRequest(string? Code, string? Name);

/// <summary>Changes of a tenant. A member that is null or omitted is kept; at least one must be given.</summary>
/// <param name="Name">The display name: 1 to 200 characters on one line.</param>
/// <param name="Enabled">Whether its callers are accepted.</param>
public sealed record UpdateTenantRequest(string? Name, bool? Enabled);
