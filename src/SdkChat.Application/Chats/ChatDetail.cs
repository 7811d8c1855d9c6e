using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Chats;

/// <summary>
/// A chat with its result, and the shopper it belongs to. The result is in memory that is reused when the detail is disposed of: copy or
/// render it before.
/// </summary>
/// <param name="memory">The memory of the result; null if it has none of its own.</param>
public sealed class ChatDetail(ChatState chat, ProfileSummary profileSummary, IDisposable? memory = null) : IDisposable
{
    public ChatState Chat { get; } = chat;

    public ProfileSummary ProfileSummary { get; } = profileSummary;

    public void Dispose() => memory?.Dispose();
}
