using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http.Binding;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Time;

namespace SdkChat.Api.Chats.Export;

/// <summary>Starts exports: acquires the caller's lease, reads the first page and prepares the response.</summary>
internal sealed class ChatExporter(
    ExportLeases leases, ExportAccess access, IMapper mapper, IOptions<JsonOptions> json, IMediator mediator, TimeProvider clock,
    ILogger<ChatExportResult> logger)
{
    public async Task<IActionResult> StartAsync(HttpContext http, ChatScope scope, ChatFilterParameters filter, ChatExportParameters export)
    {
        var lease = leases.Acquire((scope as ChatScope.OfTenant)?.Tenant, http.GetSubject());
        http.Response.RegisterForDispose(lease);
        var query = new ExportChatsQuery(scope, filter.ToFilter(), export.Cursor?.After);
        var began = clock.GetUtcNow();
        var pages = await mediator.Send(query, http.RequestAborted);
        var output = new MemoryStream();
        return new ChatExportResult(
            pages, CreateWriter(output, scope, filter.Tz ?? TimeZoneName.Utc, export), output, lease, access, began, logger);
    }

    private IChatExportWriter CreateWriter(MemoryStream output, ChatScope scope, TimeZoneName zone, ChatExportParameters export) =>
        export.Format is ExportFormat.Csv
            ? new CsvExportWriter(output, zone, scope is ChatScope.Backoffice, export.Bom is true)
            : new NdjsonExportWriter(output, scope, export.Detail is true, mapper, json.Value.JsonSerializerOptions, mediator);
}
