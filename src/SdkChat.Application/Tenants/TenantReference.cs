using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>Which tenant a request is about: by id, as callers of the API name it, or by code, as operators type it.</summary>
public readonly record struct TenantReference
{
    private TenantReference(TenantId? id, string? code) => (Id, Code) = (id, code);

    /// <summary>Null where the tenant is named by its code.</summary>
    public TenantId? Id { get; }

    /// <summary>As typed; null where the tenant is named by its id.</summary>
    public string? Code { get; }

    public static implicit operator TenantReference(TenantId id) => new(id, null);

    public static implicit operator TenantReference(string code) => new(null, code);

    public override string ToString() => Id?.ToString() ?? Code ?? "";
}
