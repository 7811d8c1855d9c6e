using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>SDK keys (section <c>ApiKeys</c>).</summary>
public sealed record ApiKeysOptions
{
    public const string Section = "ApiKeys";

    /// <summary>
    /// Seconds between two writes of the last use of keys and of screens, one statement for all keys and one for all screens. A node that
    /// crashes loses what it has not written.
    /// </summary>
    [Range(1, 3600)]
    public int LastUseFlushSeconds { get; init; } = 10;
}
