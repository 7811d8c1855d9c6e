using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;

namespace SdkChat.Api.Tenants;

/// <summary>Lets an app see whether its key is good (contract, section 5). Authorization has decided; this only tells.</summary>
[ApiController]
[Route("v1/validation")]
[Authorize(Policy = Policies.SdkKey)]
[Tags("SDK")]
public sealed class ValidationController : ControllerBase
{
    /// <summary>Check the key.</summary>
    /// <remarks>A key that is not active, or whose tenant is disabled, is refused like everywhere else; this answers with what is known of a good one.</remarks>
    [HttpGet]
    [EndpointName("validateKey")]
    [ProducesResponseType<ApiResponse<KeyValidationResponse>>(StatusCodes.Status200OK, "application/json")]
    public IActionResult Validate()
    {
        var key = HttpContext.GetApiKey();
        return Ok(new ApiResponse<KeyValidationResponse>(new KeyValidationResponse(
            "active", "client_sdk", key.Prefix, HttpContext.GetTenant().Code.Value, key.CreatedAt, key.ExpiresAt)));
    }
}
