namespace SdkChat.Api.Tenants;

/// <summary>A tenant to be added, enabled.</summary>
/// <param name="Code">What its hosts and keys are named after: 1 to 63 letters a-z, digits and inner hyphens. It never changes.</param>
/// <param name="Name">For people: 1 to 200 characters on one line.</param>
public sealed record AddTenantRequest(string? Code, string? Name);

/// <summary>What is to be changed of a tenant. A member that is null or left out is kept; at least one must be given.</summary>
/// <param name="Name">For people: 1 to 200 characters on one line.</param>
/// <param name="Enabled">Whether its callers are let in.</param>
public sealed record UpdateTenantRequest(string? Name, bool? Enabled);
