using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using SdkChat.Application.Pipelines;

namespace SdkChat.Infrastructure.Pipelines.Http;

/// <summary>The pipeline over HTTP (contract, section 5). Every failure of a call is a report, not an exception.</summary>
internal sealed partial class HttpPipeline(
    HttpClient http, IOptions<PipelineOptions> options, TimeProvider clock, ILogger<HttpPipeline> logger) : IPipeline
{
    public Task<RunReport> StartAsync(RunRequest request, CancellationToken cancellationToken) =>
        CallAsync(request.Ticket, () => Start(request), (response, _) => Task.FromResult(Started(response)), cancellationToken);

    public Task<RunReport> AskAsync(RunTicket ticket, CancellationToken cancellationToken) =>
        CallAsync(ticket, () => new HttpRequestMessage(HttpMethod.Get, $"runs/{ticket.Run.Value:D}"), AskedAsync, cancellationToken);

    private static HttpRequestMessage Start(RunRequest request) =>
        new(HttpMethod.Post, "runs")
        {
            Content = new ByteArrayContent(RunBody.Write(request))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };

    private static RunReport Started(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted or HttpStatusCode.NoContent => new RunReport.Running(),
        // These statuses concern the run itself, so a retry cannot help. Other refusals may have a cause that can be removed.
        HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity =>
            new RunReport.Failed($"The pipeline refused the run (HTTP {(int)response.StatusCode})."),
        _ => NoAnswer(response),
    };

    private static async Task<RunReport> AskedAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.StatusCode switch
        {
            HttpStatusCode.OK when IsJson(response.Content.Headers.ContentType) =>
                RunReportParser.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken)),
            HttpStatusCode.OK => new RunReport.NoAnswer("HTTP 200, but no JSON"),
            HttpStatusCode.NotFound => new RunReport.Unknown(),
            _ => NoAnswer(response),
        };

    private static RunReport.NoAnswer NoAnswer(HttpResponseMessage response) => new($"HTTP {(int)response.StatusCode}");

    private static bool IsJson(MediaTypeHeaderValue? type) =>
        type?.MediaType is { } name
        && (name.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private async Task<RunReport> CallAsync(
        RunTicket ticket,
        Func<HttpRequestMessage> request,
        Func<HttpResponseMessage, CancellationToken, Task<RunReport>> read,
        CancellationToken cancellationToken)
    {
        var report = await TryAsync(request, read, cancellationToken);
        if (report is RunReport.NoAnswer silence)
            PipelineSilent(ticket.Run.Value, silence.Reason);
        return report;
    }

    private async Task<RunReport> TryAsync(
        Func<HttpRequestMessage> request, Func<HttpResponseMessage, CancellationToken, Task<RunReport>> read,
        CancellationToken cancellationToken)
    {
        // The resilience handler limits the time until the headers and disables the client's own time-out. This one also limits the body.
        using var limit = new CancellationTokenSource(options.Value.CallTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var message = request();
            // Reads the body too, up to the limit in HttpPipelineSetup.
            using var response = await http.SendAsync(message, either.Token);
            return await read(response, either.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or ExecutionRejectedException or IOException or JsonException)
        {
            return new RunReport.NoAnswer(exception.GetType().Name);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RunReport.NoAnswer("Timeout");
        }
    }

    [LoggerMessage(5001, LogLevel.Warning, "The pipeline has no usable answer for run {Run}: {Reason}")]
    private partial void PipelineSilent(Guid run, string reason);
}
