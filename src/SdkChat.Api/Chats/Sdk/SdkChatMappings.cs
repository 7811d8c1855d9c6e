using AutoMapper;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats.Sdk;

/// <summary>Maps chats to responses of the SDK's calls.</summary>
public sealed class SdkChatMappings : Profile
{
    public SdkChatMappings() =>
        CreateMap<ChatState, PolledChatResponse>()
            .ForMember(polled => polled.ChatId, map => map.MapFrom(chat => chat.Id.Value))
            .ForMember(polled => polled.ProfileId, map => map.MapFrom(chat => chat.Profile.Value))
            .ForMember(polled => polled.Todos, map => map.MapFrom(chat => ResultOf(chat).Todos))
            .ForMember(polled => polled.RecommendedItems, map => map.MapFrom(chat => ResultOf(chat).RecommendedItems))
            .ForMember(polled => polled.NotificationItems, map => map.MapFrom(chat => ResultOf(chat).NotificationItems));

    private static PipelineResult ResultOf(ChatState chat) => chat.Result ?? PipelineResult.None;
}
