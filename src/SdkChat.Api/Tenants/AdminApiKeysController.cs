using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Tenants;

/// <summary>The SDK keys of any tenant, for the backoffice (contract, section 8.6).</summary>
[ApiController]
[Route("api/v1/admin/tenants/{tenant_id}/api-keys")]
[Authorize(Policy = Policies.SuperAdmin)]
[Tags("Backoffice")]
public sealed class AdminApiKeysController(IMediator mediator, TimeProvider clock) : ApiKeyCalls(mediator, clock)
{
    /// <summary>List a tenant's SDK keys, newest first.</summary>
    /// <remarks>Includes revoked and expired keys. A list shows the prefix of a key, never the key.</remarks>
    [HttpGet]
    [EndpointName("listTenantApiKeys")]
    [Audited("list_api_keys")]
    [ProducesError(ErrorCode.TenantNotFound)]
    [ProducesResponseType<ApiResponse<PageResponse<ApiKeyResponse>>>(StatusCodes.Status200OK, "application/json")]
    public Task<IActionResult> List(
        [FromRoute(Name = "tenant_id")] Guid tenantId, [FromQuery] NumberedPageRequest paging, CancellationToken cancellationToken) =>
        ListAsync(new TenantId(tenantId), paging, cancellationToken);

    /// <summary>Create an SDK key for a tenant.</summary>
    /// <remarks>The key is shown only in this response. A tenant may have 100 keys that are active or were created within a day.</remarks>
    [HttpPost]
    [EndpointName("createTenantApiKey")]
    [Audited("create_api_key")]
    [ProducesError(ErrorCode.TenantNotFound, ErrorCode.TooManyKeys)]
    [ProducesResponseType<ApiResponse<CreatedApiKeyResponse>>(StatusCodes.Status201Created, "application/json")]
    public Task<IActionResult> Create([FromRoute(Name = "tenant_id")] Guid tenantId, [FromBody] CreateApiKeyRequest request) =>
        CreateAsync(new TenantId(tenantId), request);

    /// <summary>Revoke a tenant's SDK key permanently.</summary>
    /// <remarks>Takes effect on every node within 5 s. Repeating the call changes nothing.</remarks>
    [HttpDelete("{key_prefix}")]
    [EndpointName("revokeTenantApiKey")]
    [Audited("revoke_api_key")]
    [ProducesError(ErrorCode.ApiKeyNotFound)]
    [ProducesResponseType<ApiResponse<ApiKeyResponse>>(StatusCodes.Status200OK, "application/json")]
    public Task<IActionResult> Revoke([FromRoute(Name = "tenant_id")] Guid tenantId, [FromRoute(Name = "key_prefix")] string keyPrefix) =>
        RevokeAsync(new TenantId(tenantId), keyPrefix);
}
