using System.Text.Json;
using SdkChat.Api.Chats;
using SdkChat.Api.Http.Json;
using SdkChat.Api.Tests.Mapping;
using SdkChat.Application.Chats;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Tests.Chats;

public sealed class MappedItemsTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 23, 5, 28, 8, TimeSpan.Zero);

    private static readonly ChatListItem Full = new()
    {
        Tenant = new TenantId(Guid.CreateVersion7()),
        Chat = new ChatId(Guid.CreateVersion7()),
        Profile = new ProfileId(Guid.CreateVersion7()),
        ProfileSummary = new ProfileSummary("Kim", "F", 32, "ko"),
        Prompt = "Dinner?",
        Status = ChatStatus.Error,
        LastError = "The pipeline failed.",
        CreatedAt = Now,
        UpdatedAt = Now.AddSeconds(1),
        EndedAt = Now.AddSeconds(2),
    };

    private static readonly ChatListItem Bare = Full with
    {
        Chat = new ChatId(Guid.CreateVersion7()),
        ProfileSummary = new ProfileSummary(null, null, null, null),
        Prompt = "Lunch?",
        Status = ChatStatus.InProgress,
        LastError = null,
        EndedAt = null,
    };

    /// <summary>The items share one object, in which no value of the item before may stay.</summary>
    [Test]
    public void Written_ItemsThatDiffer_AreAsIfEachHadAnObject()
    {
        ChatListItem[] items = [Full, Bare, Full, Bare];
        var mapper = ServiceMaps.Create();

        Json(new MappedItems<ChatListItem, AdminChatListItemResponse>(items, mapper))
            .Should().Be(Json(mapper.Map<AdminChatListItemResponse[]>(items)));
        Json(new MappedItems<ChatListItem, ChatListItemResponse>(items, mapper))
            .Should().Be(Json(mapper.Map<ChatListItemResponse[]>(items)));
    }

    private static string Json<T>(IReadOnlyList<T> items)
    {
        var json = new JsonSerializerOptions();
        JsonConventions.Apply(json);
        return JsonSerializer.Serialize(items, json);
    }
}
