namespace SdkChat.Api.Http.Binding;

/// <summary>The grouping of the backoffice's statistics.</summary>
public enum StatsGrouping
{
    Tenant,
}
