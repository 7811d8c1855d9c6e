using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Application.Chats;

namespace SdkChat.Api.Chats.Export;

/// <summary>The export of a tenant's chats (contract, section 8.4).</summary>
[ApiController]
[Route("api/v1/sdk-chat/export")]
[Authorize(Policy = Policies.TenantAdmin)]
[Tags("Tenant")]
public sealed class ChatExportController : ControllerBase
{
    /// <summary>Export the tenant's chats as a file, newest first.</summary>
    /// <remarks>
    /// Every match of the filters that exists when the export begins. To continue an interrupted download, send <c>cursor</c> with the last
    /// complete row's <c>created_at</c>, a comma and its <c>chat_id</c>. A failure during the download aborts the connection. Each caller
    /// can run one export at a time.
    /// </remarks>
    [HttpGet]
    [EndpointName("exportChats")]
    [GetOnly]
    [DisableRequestTimeout]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "text/csv", "application/x-ndjson")]
    public Task<IActionResult> Export([FromQuery] ChatFilterParameters filter, [FromQuery] ChatExportParameters export) =>
        HttpContext.RequestServices.GetRequiredService<ChatExporter>().StartAsync(
            HttpContext, new ChatScope.OfTenant(HttpContext.GetTenant().Id), filter, export);
}
