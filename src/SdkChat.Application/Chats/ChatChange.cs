using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Application.Chats;

/// <summary>Optimistic changes, repeated while others are faster.</summary>
internal static class ChatChange
{
    /// <summary>
    /// Each round that loses saw another one win, so a hundred rounds take a hundred rivals on one chat: far beyond what
    /// one shopper's app does, and still a bound.
    /// </summary>
    private const int MaxRounds = 100;

    /// <param name="decide">Reads, decides and writes once; null when the row had moved on.</param>
    /// <exception cref="SdkChatException"><see cref="ErrorCode.Unavailable"/>: the bound was reached.</exception>
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
