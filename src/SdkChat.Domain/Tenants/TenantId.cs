namespace SdkChat.Domain.Tenants;

/// <summary>Whose data it is. The first argument of everything that touches tenant data.</summary>
public readonly record struct TenantId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
