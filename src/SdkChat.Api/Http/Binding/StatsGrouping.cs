namespace SdkChat.Api.Http.Binding;

/// <summary>By what the backoffice's statistics are grouped besides.</summary>
public enum StatsGrouping
{
    Tenant,
}
