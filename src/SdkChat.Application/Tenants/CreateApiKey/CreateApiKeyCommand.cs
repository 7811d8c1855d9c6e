using MediatR;

namespace SdkChat.Application.Tenants.CreateApiKey;

/// <summary>Makes an SDK key. The answer is the only time that the key is shown.</summary>
/// <param name="Tenant">The tenant's code.</param>
/// <param name="ExpiresInDays">When the key stops working by itself; null for never.</param>
public sealed record CreateApiKeyCommand(string Tenant, int? ExpiresInDays = null) : IRequest<CreatedApiKey>;
