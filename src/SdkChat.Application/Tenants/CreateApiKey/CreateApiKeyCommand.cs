using MediatR;

namespace SdkChat.Application.Tenants.CreateApiKey;

/// <summary>Makes an SDK key. The answer is the only time that the key is shown.</summary>
/// <param name="Tenant">The tenant's code.</param>
/// <param name="ExpiresInDays">When the key stops working by itself, from 1 to <see cref="MaxDays"/>; null for never.</param>
public sealed record CreateApiKeyCommand(string Tenant, int? ExpiresInDays = null) : IRequest<CreatedApiKey>
{
    /// <summary>Ten years: whoever wants longer wants no expiry.</summary>
    public const int MaxDays = 3650;
}
