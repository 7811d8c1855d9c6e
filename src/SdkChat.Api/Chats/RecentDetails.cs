using Microsoft.Extensions.Caching.Memory;
using SdkChat.Application.Chats;

namespace SdkChat.Api.Chats;

/// <summary>
/// Responses to details that several callers shared. Each use reads the version of the chat's row first, so a changed or erased chat is
/// never sent from here (docs/decisions/0026). The query contains the tenant.
/// </summary>
internal sealed class RecentDetails : IDisposable
{
    /// <summary>The maximum size of all responses. A response beyond it is not kept.</summary>
    internal const int MaxBytes = 16 << 20;

    /// <summary>What is kept beside a body: the query, the chat that is shown, and the cache's entry.</summary>
    internal const int BytesBesideTheBody = 2048;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private readonly MemoryCache _details = new(new MemoryCacheOptions { SizeLimit = MaxBytes });

    /// <returns>A response that may be out of date; null if there is none.</returns>
    public ChatDetailResult? Find(GetChatDetailQuery query) => _details.Get<ChatDetailResult>(query);

    /// <param name="result">Its body must not be in rented memory.</param>
    public void Keep(GetChatDetailQuery query, ChatDetailResult result) =>
        _details.Set(query, result, new MemoryCacheEntryOptions
        {
            Size = result.Length + BytesBesideTheBody, AbsoluteExpirationRelativeToNow = MaxAge,
        });

    public void Dispose() => _details.Dispose();
}
