namespace SdkChat.Contract.Standing;

/// <summary>Whoever may add and disable tenants at the service that is tested.</summary>
internal interface IOperator
{
    Task AddTenantAsync(string code);

    Task DisableTenantAsync(string code);

    /// <returns>The key.</returns>
    Task<string> CreateKeyAsync(string tenant);

    Task RevokeKeyAsync(string key);

    /// <returns>A token of the tenant's admin; null where the service's issuer is somebody else.</returns>
    Task<string?> TokenAsync(string tenant);
}
