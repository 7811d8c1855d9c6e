using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>How the service treats SDK keys (section <c>ApiKeys</c>).</summary>
public sealed record ApiKeysOptions
{
    public const string Section = "ApiKeys";

    /// <summary>
    /// Seconds between two writes of when keys were last used: one statement for all of them. A node that dies loses what
    /// it has not written.
    /// </summary>
    [Range(1, 3600)]
    public int LastUseFlushSeconds { get; init; } = 10;
}
