using MediatR;

namespace SdkChat.Application.Tenants.CreateApiKey;

/// <summary>Makes an SDK key. The answer is the only time that the key is shown.</summary>
/// <param name="Tenant">Whose key it is.</param>
/// <param name="ExpiresInDays">When the key stops working by itself, from 1 to <see cref="MaxDays"/>; null for never.</param>
public sealed record CreateApiKeyCommand(TenantReference Tenant, int? ExpiresInDays = null) : IRequest<CreatedApiKey>
{
    /// <summary>Ten years: whoever wants longer wants no expiry.</summary>
    public const int MaxDays = 3650;

    /// <summary>Characters of a name, after trimming.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Keys of one tenant that are active or were made within a day, beyond which callers of the API get no more.</summary>
    public const int MaxPerTenant = 100;

    /// <summary>The lifetimes in days that callers of the API choose from.</summary>
    public static IReadOnlyList<int> ListedDays { get; } = [7, 14, 30, 60, 90, 180, 365];

    /// <summary>What people call the key; null for no name.</summary>
    public string? Name { get; init; }

    /// <summary>Whether a caller of the API asks, whose key has a listed lifetime and counts against <see cref="MaxPerTenant"/>. Operators are not limited.</summary>
    public bool IsLimited { get; init; }
}
