using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Chats;

/// <summary>What was found where a profile's chat was looked for.</summary>
/// <param name="ProfileExists">False when the tenant has no such profile, or it is deleted.</param>
/// <param name="Chat">Null when the profile has no such chat.</param>
/// <param name="Run">The run that the pipeline has accepted and whose end has not been found; null for all other chats.</param>
public sealed record ChatLookup(bool ProfileExists, Chat? Chat, RunTicket? Run)
{
    /// <exception cref="NotFoundException">There is no such profile, or it has no such chat.</exception>
    public Chat Required() => Chat ?? throw (ProfileExists ? NotFoundException.Chat() : NotFoundException.Profile());
}
