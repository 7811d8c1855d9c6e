namespace SdkChat.Application.Common.Exceptions;

/// <summary>
/// A call that fails in a way the contract names. The message reaches the caller: it says what to do next and nothing
/// of the inside, nor of another tenant.
/// </summary>
public class SdkChatException(ErrorCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    public ErrorCode Code { get; } = code;
}
