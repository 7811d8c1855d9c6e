using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Chats;
using SdkChat.Application.Chats.Idempotency;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Idempotency;
using SdkChat.Infrastructure.Chats.Indexing;
using SdkChat.Infrastructure.Chats.Statistics;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Composition;

/// <summary>Registers the history, its counts, its search index, and idempotency records.</summary>
internal static class ChatServices
{
    public static IServiceCollection AddChats(this IServiceCollection services)
    {
        services.AddSingleton<IChatHistory, ChatHistory>();
        services.AddSingleton<ICrossTenantChatHistory, ChatHistory>();
        services.AddSingleton<IChatStatistics, ChatStatistics>();
        services.AddSingleton<ICrossTenantChatStatistics, ChatStatistics>();
        services.AddSingleton<ChatLookups>();
        services.AddSingleton<IChatRepository, ChatRepository>();

        services.AddValidatedOptions<IdempotencyOptions>(IdempotencyOptions.Section);
        services.AddSingleton<IdempotencyRecords>();
        services.AddSingleton<IIdempotencyStore>(provider => provider.GetRequiredService<IdempotencyRecords>());
        services.AddHostedService<IdempotencyPurge>();
        services.AddSingleton(provider => new SearchIndex(provider.GetRequiredService<Database>(), SearchIndexShape.Default));
        services.AddHostedService<SearchIndexWorker>();
        return services.AddCounts();
    }

    private static IServiceCollection AddCounts(this IServiceCollection services)
    {
        services.AddSingleton<CountSignal>();
        services.AddSingleton(CountShape.Default);
        services.AddSingleton<CountUpdater>();
        services.AddSingleton<TextUpdater>();
        services.AddSingleton(provider => new HistoryCountMaintenance(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<CountShape>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<CountUpdateWorker>();
        return services;
    }
}
