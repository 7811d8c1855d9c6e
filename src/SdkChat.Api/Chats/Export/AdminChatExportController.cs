using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Application.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Chats.Export;

/// <summary>The export of every tenant's chats (contract, section 8.4).</summary>
[ApiController]
[Route("api/v1/admin/sdk-chat/export")]
[Authorize(Policy = Policies.SuperAdmin)]
[Tags("Backoffice")]
public sealed class AdminChatExportController : ControllerBase
{
    /// <summary>Export all tenants' chats as a file, newest first.</summary>
    /// <remarks>Like the tenant's export, for all tenants or for one. Each CSV row and each list item includes its tenant.</remarks>
    [HttpGet]
    [EndpointName("exportAllChats")]
    [Audited("export_chats", Target = "profile_id")]
    [GetOnly]
    [DisableRequestTimeout]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "text/csv", "application/x-ndjson")]
    public Task<IActionResult> Export(
        [FromQuery(Name = "tenant_id")] Guid? tenantId, [FromQuery] ChatFilterParameters filter, [FromQuery] ChatExportParameters export) =>
        HttpContext.RequestServices.GetRequiredService<ChatExporter>().StartAsync(
            HttpContext, new ChatScope.Backoffice(tenantId is { } tenant ? new TenantId(tenant) : null), filter, export);
}
