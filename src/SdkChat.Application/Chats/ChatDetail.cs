using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Chats;

/// <summary>
/// A chat with its result, and the shopper it belongs to. The result is in memory that is reused when the detail is disposed of: copy or
/// render it before.
/// </summary>
/// <param name="memory">The memory of the result; null if it has none of its own.</param>
/// <param name="isResultKnown">Whether the result was not read because the caller has it.</param>
public sealed class ChatDetail(ChatState chat, ProfileSummary profileSummary, IDisposable? memory = null, bool isResultKnown = false)
    : IDisposable
{
    public ChatState Chat { get; } = chat;

    public ProfileSummary ProfileSummary { get; } = profileSummary;

    /// <summary>True if the result was not read because the caller has it. The chat then has none.</summary>
    public bool IsResultKnown { get; } = isResultKnown;

    public void Dispose() => memory?.Dispose();
}
