using System.Net;

namespace SdkChat.Client;

/// <summary>A call that the service refused, or that something before the service did.</summary>
/// <param name="status">The answer's status.</param>
/// <param name="code">What a program may decide by, such as <c>CHAT_NOT_FOUND</c>; null where the answer was not the service's own.</param>
/// <param name="message">For people; its wording may change.</param>
/// <param name="retryAfter">When it is worth trying again; null where the answer did not say.</param>
/// <param name="requestId">The answer's <c>X-Request-Id</c>, for the service's operators.</param>
public sealed class SdkChatException(HttpStatusCode status, string? code, string message, TimeSpan? retryAfter, string? requestId)
    : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    public string? Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public string? RequestId { get; } = requestId;
}
