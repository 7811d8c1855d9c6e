using Microsoft.AspNetCore.Diagnostics;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.Errors;

/// <summary>
/// Answers every exception with the envelope. Only the unexpected ones are logged as errors: the rest are answers that
/// the contract foresees, and an outage is logged once, where it is noticed.
/// </summary>
internal sealed partial class EnvelopeExceptionHandler(ILogger<EnvelopeExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var failure = Failure.Of(exception);
        if (failure.Code == ErrorCode.Internal)
            RequestFailed(exception, httpContext.TraceIdentifier);

        await httpContext.WriteErrorAsync(failure);
        return true;
    }

    [LoggerMessage(LogLevel.Error, "Request {RequestId} failed unexpectedly")]
    private partial void RequestFailed(Exception exception, string requestId);
}
