namespace SdkChat.Domain.Tenants;

/// <summary>The tenant that owns the data. First parameter of every member that touches tenant data.</summary>
public readonly record struct TenantId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
