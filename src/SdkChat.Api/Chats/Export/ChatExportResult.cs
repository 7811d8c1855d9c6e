using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Application.Chats;

namespace SdkChat.Api.Chats.Export;

/// <summary>Sends an export while its pages are read. When that fails, the connection is aborted, so that no incomplete file looks complete.</summary>
internal sealed partial class ChatExportResult(
    IAsyncEnumerable<IReadOnlyList<ChatListItem>> pages,
    IChatExportWriter writer,
    MemoryStream output,
    IDisposable lease,
    DateTimeOffset began,
    ILogger<ChatExportResult> logger) : IActionResult
{
    /// <summary>Larger than most pages. What is written beyond is sent before the next row.</summary>
    private const int SendBytes = 64 * 1024;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        try
        {
            SetHeaders(http.Response);
            await SendAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has left.
        }
        catch (Exception exception) when (http.Response.HasStarted)
        {
            ExportFailed(exception, http.TraceIdentifier);
            http.Abort();
        }
        finally
        {
            // Before the last byte of the answer: whoever has the whole file may start the next export.
            lease.Dispose();
            writer.Dispose();
            await output.DisposeAsync();
        }
    }

    private async Task SendAsync(HttpContext http)
    {
        writer.Begin();
        await foreach (var page in pages.WithCancellation(http.RequestAborted))
        {
            foreach (var chat in page)
            {
                await writer.WriteAsync(chat, http.RequestAborted);
                if (output.Length >= SendBytes)
                    await SendWrittenAsync(http);
            }

            await SendWrittenAsync(http);
        }

        await SendWrittenAsync(http);
    }

    private async Task SendWrittenAsync(HttpContext http)
    {
        writer.Flush();
        await http.Response.BodyWriter.WriteAsync(output.GetBuffer().AsMemory(0, (int)output.Length), http.RequestAborted);
        output.SetLength(0);
    }

    private void SetHeaders(HttpResponse response)
    {
        response.ContentType = writer.ContentType;
        var name = began.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        response.Headers.ContentDisposition = $"attachment; filename=\"chats-{name}.{writer.FileExtension}\"";
    }

    [LoggerMessage(5201, LogLevel.Error, "An export failed after its first bytes, and the connection was aborted (request {RequestId})")]
    private partial void ExportFailed(Exception exception, string requestId);
}
