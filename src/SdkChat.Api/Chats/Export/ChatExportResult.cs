using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Chats.Export;

/// <summary>
/// Sends an export while its pages are read. If that fails, or if the caller is no longer allowed, the connection is aborted, so that an
/// incomplete file does not look complete.
/// </summary>
internal sealed partial class ChatExportResult(
    IAsyncEnumerable<IReadOnlyList<ChatListItem>> pages,
    IChatExportWriter writer,
    MemoryStream output,
    IDisposable lease,
    ExportAccess access,
    DateTimeOffset began,
    ILogger<ChatExportResult> logger) : IActionResult
{
    /// <summary>Larger than most pages. Further bytes are sent before the next row.</summary>
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
            // The client has disconnected.
        }
        catch (SdkChatException exception) when (http.Response.HasStarted && exception is not UnavailableException)
        {
            ExportEnded(exception.Code, http.TraceIdentifier);
            http.Abort();
        }
        catch (Exception exception) when (http.Response.HasStarted)
        {
            ExportFailed(exception, http.TraceIdentifier);
            http.Abort();
        }
        finally
        {
            // Before the last byte of the response: a caller that has the whole file may start the next export.
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
        // Authorization has already allowed the first bytes.
        if (http.Response.HasStarted && await access.GetRefusalAsync(http) is { } refusal)
            throw new SdkChatException(refusal, "The caller of the export is no longer authorized.");
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

    [LoggerMessage(
        5202, LogLevel.Information,
        "An export ended before its last row, and the connection was aborted: its caller is no longer authorized ({Code}, "
            + "request {RequestId})")]
    private partial void ExportEnded(ErrorCode code, string requestId);

    [LoggerMessage(5201, LogLevel.Error, "An export failed after its first bytes, and the connection was aborted (request {RequestId})")]
    private partial void ExportFailed(Exception exception, string requestId);
}
