namespace SdkChat.Client;

/// <summary>A tenant, as the backoffice sees it.</summary>
/// <param name="Code">What its hosts and keys are named after; never changes.</param>
/// <param name="Name">For people; may change.</param>
/// <param name="Enabled">Whether its callers are let in.</param>
public sealed record Tenant(Guid TenantId, string Code, string Name, bool Enabled);

/// <summary>One page of tenants.</summary>
/// <param name="Items">By code.</param>
/// <param name="Total">All tenants.</param>
/// <param name="Page">Which page this is, counting from 0.</param>
/// <param name="Size">Rows a page, after capping at 100.</param>
public sealed record TenantPage(IReadOnlyList<Tenant> Items, long Total, int Page, int Size);
