using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Application.Chats;

/// <summary>Repeats an optimistic change until no other call has changed the chat between its read and its write.</summary>
internal static class ChatChange
{
    /// <summary>
    /// A round fails only if another call changed the chat, so 100 rounds take 100 concurrent changes of one chat: far more than one
    /// shopper's app makes.
    /// </summary>
    private const int MaxRounds = 100;

    /// <param name="decide">Reads, decides and writes once; returns null if the row has changed since it was read.</param>
    /// <exception cref="SdkChatException"><see cref="ErrorCode.Unavailable"/>: all rounds failed.</exception>
    public static async Task<T> RepeatAsync<T>(Func<Task<T?>> decide)
        where T : class
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            if (await decide() is { } result)
                return result;
        }

        throw new SdkChatException(ErrorCode.Unavailable, "Too many calls change this chat at once. Try again in a moment.");
    }
}
