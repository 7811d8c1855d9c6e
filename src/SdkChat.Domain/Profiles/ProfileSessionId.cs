namespace SdkChat.Domain.Profiles;

/// <summary>One visit of a shopper. A profile has at most one open session.</summary>
public readonly record struct ProfileSessionId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
