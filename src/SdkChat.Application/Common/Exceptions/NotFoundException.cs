namespace SdkChat.Application.Common.Exceptions;

/// <summary>
/// There is no such thing for this caller: it does not exist, or it belongs to another tenant, and the answer must not
/// tell which (contract, section 1).
/// </summary>
public sealed class NotFoundException : SdkChatException
{
    private NotFoundException(ErrorCode code, string message)
        : base(code, message)
    {
    }

    public static NotFoundException Chat() => new(ErrorCode.ChatNotFound, "There is no such chat.");

    public static NotFoundException Profile() => new(ErrorCode.ProfileNotFound, "There is no such profile.");
}
