using AutoMapper;
using SdkChat.Application.Chats;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats;

/// <summary>Maps the results of use cases to responses. Flat, closed types only; MappingTests explains why.</summary>
public sealed class ChatMappings : Profile
{
    public ChatMappings()
    {
        // By default, AutoMapper would convert the enum through its name as a string, twenty times per page.
        CreateMap<ChatStatus, ChatStatus>().ConvertUsing(status => status);

        CreateMap<ProfileSummary, ProfileSummaryResponse>();

        CreateMap<ChatCounts, ChatCountsResponse>()
            .ForMember(
                response => response.TotalIsLowerBound, member => member.MapFrom(counts => counts.IsLowerBound ? true : (bool?)null));

        CreateMap<ChatListItem, ChatListItemResponse>()
            .ForMember(item => item.ChatId, map => map.MapFrom(item => item.Chat.Value))
            .ForMember(item => item.ProfileId, map => map.MapFrom(item => item.Profile.Value));

        CreateMap<ChatListItem, AdminChatListItemResponse>()
            .IncludeBase<ChatListItem, ChatListItemResponse>()
            .ForMember(item => item.TenantId, map => map.MapFrom(item => item.Tenant.Value));

        CreateMap<ChatDetail, ChatDetailResponse>()
            .ForMember(detail => detail.ChatId, map => map.MapFrom(detail => detail.Chat.Id.Value))
            .ForMember(detail => detail.ProfileId, map => map.MapFrom(detail => detail.Chat.Profile.Value))
            .ForMember(detail => detail.ProfileSessionId, map => map.MapFrom(detail => SessionOf(detail.Chat)))
            .ForMember(detail => detail.Prompt, map => map.MapFrom(detail => detail.Chat.Prompt))
            .ForMember(detail => detail.Status, map => map.MapFrom(detail => detail.Chat.Status))
            .ForMember(detail => detail.BackListStatus, map => map.MapFrom(detail => detail.Chat.BackListStatus))
            .ForMember(detail => detail.Todos, map => map.MapFrom(detail => ResultOf(detail.Chat).Todos))
            .ForMember(detail => detail.RecommendedItems, map => map.MapFrom(detail => ResultOf(detail.Chat).RecommendedItems))
            .ForMember(detail => detail.NotificationItems, map => map.MapFrom(detail => ResultOf(detail.Chat).NotificationItems))
            .ForMember(detail => detail.LastError, map => map.MapFrom(detail => detail.Chat.LastError))
            .ForMember(detail => detail.CreatedAt, map => map.MapFrom(detail => detail.Chat.CreatedAt))
            .ForMember(detail => detail.UpdatedAt, map => map.MapFrom(detail => detail.Chat.UpdatedAt))
            .ForMember(detail => detail.EndedAt, map => map.MapFrom(detail => detail.Chat.EndedAt));
    }

    private static Guid? SessionOf(ChatState chat) => chat.Session?.Value;

    private static PipelineResult ResultOf(ChatState chat) => chat.Result ?? PipelineResult.None;
}
