using MediatR;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Auditing;
using SdkChat.Api.Http;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Tenants;

/// <summary>The calls on one tenant's keys, shared by its own admins and the backoffice.</summary>
public abstract class ApiKeyCalls(IMediator mediator, TimeProvider clock) : ControllerBase
{
    protected async Task<IActionResult> ListAsync(TenantId tenant, NumberedPageRequest paging, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(new ListApiKeyPageQuery(tenant, paging), cancellationToken);
        Response.AddPageLinks(page.Total, page.Index, page.Size);
        return Ok(new ApiResponse<PageResponse<ApiKeyResponse>>(
            new PageResponse<ApiKeyResponse>([.. page.Items.Select(ToResponse)], page.Total, page.Index, page.Size)));
    }

    /// <summary>Not cancelled if the client disconnects: the key may have been stored, and the audit trail must contain that.</summary>
    protected async Task<IActionResult> CreateAsync(TenantId tenant, CreateApiKeyRequest request)
    {
        // A missing name counts as an empty one: only operators may omit it.
        var created = await mediator.Send(
            new CreateApiKeyCommand(tenant, request.ExpiresInDays) { Name = request.Name ?? "", IsLimited = true }, CancellationToken.None);
        HttpContext.AuditTenant(tenant, isDone: true, created.Key.Prefix);
        return StatusCode(StatusCodes.Status201Created, new ApiResponse<CreatedApiKeyResponse>(new CreatedApiKeyResponse
        {
            Key = created.Key.Secret,
            KeyPrefix = created.Key.Prefix,
            Name = created.Name!,
            CreatedAt = created.CreatedAt,
            ExpiresAt = created.ExpiresAt,
        }));
    }

    /// <summary>Not cancelled, as above.</summary>
    protected async Task<IActionResult> RevokeAsync(TenantId tenant, string keyPrefix)
    {
        var key = await mediator.Send(new RevokeApiKeyCommand(keyPrefix, tenant), CancellationToken.None);
        HttpContext.AuditTenant(tenant, isDone: true, key.Prefix);
        return Ok(new ApiResponse<ApiKeyResponse>(ToResponse(key)));
    }

    private ApiKeyResponse ToResponse(ApiKeyListItem key) => new()
    {
        KeyPrefix = key.Prefix,
        Name = key.Name,
        Status = key.StateAt(clock.GetUtcNow()),
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
        RevokedAt = key.RevokedAt,
        LastUsedAt = key.LastUsedAt,
    };
}
