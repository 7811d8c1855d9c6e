namespace SdkChat.Application.Common.Exceptions;

/// <summary>Storage cannot answer now: it is down, overloaded, or no connection is free. The same call may succeed later.</summary>
/// <param name="reason">
/// The cause, in one line for the log only; not sent to the caller. Default: the message of <paramref name="inner"/>.
/// </param>
public sealed class UnavailableException(Exception inner, string? reason = null)
    : SdkChatException(ErrorCode.Unavailable, "The service cannot answer right now. Try again in a moment.", inner)
{
    public string Reason { get; } = reason ?? inner.Message.ReplaceLineEndings(" ");
}
