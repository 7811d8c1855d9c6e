using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Paging;

namespace SdkChat.Api.Tenants;

/// <summary>The SDK keys of an admin's own tenant (contract, section 8.6).</summary>
[ApiController]
[Route("api/v1/api-keys")]
[Authorize(Policy = Policies.TenantAdmin)]
[Tags("Tenant")]
public sealed class ApiKeysController(IMediator mediator, TimeProvider clock) : ApiKeyCalls(mediator, clock)
{
    /// <summary>List the tenant's SDK keys, newest first.</summary>
    /// <remarks>Includes revoked and expired keys. A list shows the prefix of a key, never the key.</remarks>
    [HttpGet]
    [EndpointName("listApiKeys")]
    [ProducesResponseType<ApiResponse<PageResponse<ApiKeyResponse>>>(StatusCodes.Status200OK, "application/json")]
    public Task<IActionResult> List([FromQuery] NumberedPageRequest paging, CancellationToken cancellationToken) =>
        ListAsync(HttpContext.GetTenant().Id, paging, cancellationToken);

    /// <summary>Create an SDK key.</summary>
    /// <remarks>The key is shown only in this response. A tenant may have 100 keys that are active or were created within a day.</remarks>
    [HttpPost]
    [EndpointName("createApiKey")]
    [Audited("create_api_key")]
    [ProducesError(ErrorCode.TooManyKeys)]
    [ProducesResponseType<ApiResponse<CreatedApiKeyResponse>>(StatusCodes.Status201Created, "application/json")]
    public Task<IActionResult> Create([FromBody] CreateApiKeyRequest request) =>
        CreateAsync(HttpContext.GetTenant().Id, request);

    /// <summary>Revoke an SDK key permanently.</summary>
    /// <remarks>
    /// Takes effect on every node within 5 s. Repeating the call changes nothing. Another tenant's key is unknown, like one that does not
    /// exist.
    /// </remarks>
    [HttpDelete("{key_prefix}")]
    [EndpointName("revokeApiKey")]
    [Audited("revoke_api_key")]
    [ProducesError(ErrorCode.ApiKeyNotFound)]
    [ProducesResponseType<ApiResponse<ApiKeyResponse>>(StatusCodes.Status200OK, "application/json")]
    public Task<IActionResult> Revoke([FromRoute(Name = "key_prefix")] string keyPrefix) =>
        RevokeAsync(HttpContext.GetTenant().Id, keyPrefix);
}
