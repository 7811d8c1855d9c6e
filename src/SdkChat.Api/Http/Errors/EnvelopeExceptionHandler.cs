using Microsoft.AspNetCore.Diagnostics;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.Errors;

/// <summary>
/// Converts every exception to the envelope. Only unexpected ones are logged as errors, with their stack trace. A request that fails
/// because of an outage is logged in one line; the others are errors of the contract.
/// </summary>
internal sealed partial class EnvelopeExceptionHandler(ILogger<EnvelopeExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var failure = Failure.From(exception);
        var isGone = httpContext.RequestAborted.IsCancellationRequested;
        if (failure.Code == ErrorCode.Internal && !(isGone && exception is OperationCanceledException or IOException))
            RequestFailed(exception, httpContext.TraceIdentifier);
        else if (exception is UnavailableException unavailable)
            RequestUnavailable(httpContext.TraceIdentifier, unavailable.Reason);

        if (isGone)
            Leave(httpContext.Response);
        else
            await WriteAsync(httpContext, failure);
        return true;
    }

    private static async Task WriteAsync(HttpContext context, Failure failure)
    {
        try
        {
            await context.WriteErrorAsync(failure);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has just disconnected.
        }
    }

    /// <summary>The client does not read the response. Its status shows in logs and metrics that the client did not wait.</summary>
    private static void Leave(HttpResponse response)
    {
        if (!response.HasStarted)
            response.StatusCode = StatusCodes.Status499ClientClosedRequest;
    }

    [LoggerMessage(2003, LogLevel.Error, "Request {RequestId} failed unexpectedly")]
    private partial void RequestFailed(Exception exception, string requestId);

    [LoggerMessage(2002, LogLevel.Warning, "Request {RequestId} is answered 503: {Reason}")]
    private partial void RequestUnavailable(string requestId, string reason);
}
