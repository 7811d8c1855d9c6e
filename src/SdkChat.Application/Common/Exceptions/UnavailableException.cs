namespace SdkChat.Application.Common.Exceptions;

/// <summary>Storage cannot answer now (away, overloaded, no connection free); the same call may succeed in a moment.</summary>
public sealed class UnavailableException(Exception inner)
    : SdkChatException(ErrorCode.Unavailable, "The service cannot answer right now. Try again in a moment.", inner);
