using MediatR;
using SdkChat.Api.Http.Coalescing;
using SdkChat.Application.Chats;

namespace SdkChat.Api.Chats;

/// <summary>Registers the rendering and coalescing of chats.</summary>
internal static class ChatServiceCollectionExtensions
{
    public static IServiceCollection AddChats(this IServiceCollection services)
    {
        services.AddSingleton<RecentDetails>();
        services.AddSingleton<ChatRenderer>();
        services.AddSingleton<ChatWaits>();
        services.AddSingleton(provider => new RequestCoalescer<ListChatsQuery, ChatPageResult>(
            provider.GetRequiredService<ChatRenderer>().RenderAsync, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new RequestCoalescer<GetChatDetailQuery, ChatDetailResult>(
            provider.GetRequiredService<ChatRenderer>().RenderAsync, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IRequestHandler<RenderChatPage, ChatPageResult>, RenderChatPageHandler>();
        services.AddSingleton<IRequestHandler<RenderChatDetail, ChatDetailResult>, RenderChatDetailHandler>();
        return services;
    }
}
