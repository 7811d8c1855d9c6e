using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;

namespace SdkChat.Api.Tenants;

/// <summary>Lets an app see whether its key is active, expired or revoked (contract, sections 5 and 8.6).</summary>
[ApiController]
[Route("v1/validation")]
[Authorize(Policy = Policies.SdkKey)]
[Tags("SDK")]
public sealed class ValidationController(TimeProvider clock) : ControllerBase
{
    /// <summary>Check the key.</summary>
    /// <remarks>
    /// An expired or revoked key is told so here, and is refused with 401 everywhere else. An unknown key is refused here too, and so is one whose
    /// tenant is disabled.
    /// </remarks>
    [HttpGet]
    [AcceptsInactiveKeys]
    [EndpointName("validateKey")]
    [ProducesResponseType<ApiResponse<KeyValidationResponse>>(StatusCodes.Status200OK, "application/json")]
    public IActionResult Validate()
    {
        var key = HttpContext.GetApiKey();
        return Ok(new ApiResponse<KeyValidationResponse>(new KeyValidationResponse(
            key.StateAt(clock.GetUtcNow()).ToString().ToLowerInvariant(), "client_sdk", key.Prefix, HttpContext.GetTenant().Code.Value, key.CreatedAt, key.ExpiresAt)));
    }
}
