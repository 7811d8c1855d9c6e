using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Nodes;

namespace SdkChat.Infrastructure.Composition;

/// <summary>Registers node presence and surveys.</summary>
internal static class NodeServices
{
    public static IServiceCollection AddNodes(this IServiceCollection services)
    {
        services.AddValidatedOptions<NodeOptions>(NodeOptions.Section);
        services.AddSingleton<ThisNode>();
        services.AddSingleton<SurveySignal>();
        services.AddSingleton<IStreamSurvey, StreamSurveyor>();
        services.AddHostedService<NodePresence>();
        services.AddHostedService<SurveyResponder>();
        services.AddHostedService<ConnectionBudget>();
        return services;
    }
}
