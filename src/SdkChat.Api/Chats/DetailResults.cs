using AutoMapper;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http;
using SdkChat.Application.Chats;

namespace SdkChat.Api.Chats;

/// <summary>Answers with a whole chat, tagged.</summary>
internal static class DetailResults
{
    /// <summary>All but the result; a prompt of 4,000 characters may need as much again.</summary>
    private const int BesideTheResult = 4096;

    public static IActionResult ToResult(this ChatDetail detail, IMapper mapper)
    {
        var result = detail.Chat.Result;
        var expected = BesideTheResult + result?.Todos.Utf8.Length + result?.RecommendedItems.Utf8.Length + result?.NotificationItems.Utf8.Length;
        return new ETaggedResult<ChatDetailResponse>(mapper.Map<ChatDetailResponse>(detail), expected ?? BesideTheResult);
    }
}
