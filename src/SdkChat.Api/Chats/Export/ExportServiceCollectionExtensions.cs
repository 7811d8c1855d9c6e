using FluentValidation;

namespace SdkChat.Api.Chats.Export;

/// <summary>Registers exports of chats.</summary>
internal static class ExportServiceCollectionExtensions
{
    public static IServiceCollection AddChatExport(this IServiceCollection services)
    {
        services.AddSingleton<ExportLeases>();
        services.AddSingleton<ExportAccess>();
        services.AddSingleton<ChatExporter>();
        services.AddSingleton<IValidator<ChatExportParameters>, ChatExportParametersValidator>();
        return services;
    }
}
