using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;

namespace SdkChat.Api.Tenants;

/// <summary>Returns whether an app's key is active, expired or revoked (contract, sections 5 and 8.6).</summary>
[ApiController]
[Route("v1/validation")]
[Authorize(Policy = Policies.SdkKey)]
[Tags("SDK")]
public sealed class ValidationController(TimeProvider clock) : ControllerBase
{
    /// <summary>Check the key.</summary>
    /// <remarks>
    /// This call reports an expired or revoked key; all others refuse it with 401. An unknown key, or a key of a disabled tenant, is
    /// refused here too.
    /// </remarks>
    [HttpGet]
    [AcceptsInactiveKeys]
    [EndpointName("validateKey")]
    [ProducesResponseType<ApiResponse<KeyValidationResponse>>(StatusCodes.Status200OK, "application/json")]
    public IActionResult Validate()
    {
        var key = HttpContext.GetApiKey();
        return Ok(new ApiResponse<KeyValidationResponse>(new KeyValidationResponse(
            key.StateAt(clock.GetUtcNow()).ToString().ToLowerInvariant(), "client_sdk", key.Prefix, HttpContext.GetTenant().Code.Value,
            key.CreatedAt, key.ExpiresAt)));
    }
}
