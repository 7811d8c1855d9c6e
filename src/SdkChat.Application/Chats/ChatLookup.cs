using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Chats;

/// <summary>The result of a look-up of a profile's chat.</summary>
/// <param name="ProfileExists">False if the tenant has no such profile, or it is deleted.</param>
/// <param name="Chat">Null if the profile has no such chat.</param>
/// <param name="Run">The run, if its end is not known; else null.</param>
/// <param name="IsRunAccepted">Whether the pipeline has accepted the run.</param>
/// <param name="IsKnown">True if the chat was not read because the caller has it.</param>
public sealed record ChatLookup(bool ProfileExists, Chat? Chat, RunTicket? Run, bool IsRunAccepted = false, bool IsKnown = false)
{
    /// <exception cref="NotFoundException">There is no such profile, or it has no such chat.</exception>
    public Chat Required() => Chat ?? throw (ProfileExists ? NotFoundException.Chat() : NotFoundException.Profile());
}
