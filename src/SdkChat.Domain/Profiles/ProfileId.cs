namespace SdkChat.Domain.Profiles;

/// <summary>A shopper's profile, unique over all tenants and owned by exactly one.</summary>
public readonly record struct ProfileId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
