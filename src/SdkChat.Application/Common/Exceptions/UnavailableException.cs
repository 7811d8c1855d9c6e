namespace SdkChat.Application.Common.Exceptions;

/// <summary>Storage cannot answer now (away, overloaded, no connection free); the same call may succeed in a moment.</summary>
/// <param name="reason">What happened, in one line for the log; the caller is not told. Default: what <paramref name="inner"/> says.</param>
public sealed class UnavailableException(Exception inner, string? reason = null)
    : SdkChatException(ErrorCode.Unavailable, "The service cannot answer right now. Try again in a moment.", inner)
{
    public string Reason { get; } = reason ?? inner.Message.ReplaceLineEndings(" ");
}
