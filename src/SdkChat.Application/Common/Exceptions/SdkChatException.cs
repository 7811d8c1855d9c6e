namespace SdkChat.Application.Common.Exceptions;

/// <summary>
/// A call failed with an error of the contract. The message is sent to the caller: it says what to do next, and contains no internals and
/// no data of another tenant.
/// </summary>
public class SdkChatException(ErrorCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    public ErrorCode Code { get; } = code;
}
