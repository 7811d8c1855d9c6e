using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>A tenant, named by id (by callers of the API) or by its code or id as typed (by operators).</summary>
public readonly record struct TenantReference
{
    private TenantReference(TenantId? id, string? code) => (Id, Code) = (id, code);

    /// <summary>Null if the tenant is named by its code.</summary>
    public TenantId? Id { get; }

    /// <summary>As typed; null if the tenant is named by its id.</summary>
    public string? Code { get; }

    public static implicit operator TenantReference(TenantId id) => new(id, null);

    public static implicit operator TenantReference(string code) => new(null, code);

    public override string ToString() => Id?.ToString() ?? Code ?? "";
}
