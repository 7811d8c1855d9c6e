using SdkChat.Api.Auditing;
using SdkChat.Api.Chats;
using SdkChat.Api.Chats.Export;
using SdkChat.Api.Health;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Http.Origins;
using SdkChat.Api.Http.RateLimits;
using SdkChat.Api.OpenApi;
using SdkChat.Api.Telemetry;
using SdkChat.Application;
using SdkChat.Infrastructure;

namespace SdkChat.Api.Hosting;

/// <summary>Builds the web application: its services, and the order of its middleware.</summary>
public static class ApiHost
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.ConfigureServer();
        builder.AddTelemetry();
        builder.Services
            .AddApplication()
            .AddInfrastructure()
            .AddProxies()
            .AddHttpConventions()
            .AddOrigins()
            .AddRateLimits()
            .AddSdkChatAuthentication()
            .AddSdkChatOpenApi()
            .AddConsole()
            .AddConsoleSignIn(builder.Configuration)
            .AddChats()
            .AddChatExport();
        builder.Services.AddAutoMapper([typeof(ApiHost).Assembly], ServiceLifetime.Singleton);

        var app = builder.Build();
        app.UseConnectionRegistry();
        app.UseProxies();
        app.UseHttpConventions();
        app.UseRouting();
        app.UseAuditing();
        app.UseOrigins();
        app.UseBodyLimit();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimits();
        app.UseSdkChatOpenApi();
        app.MapHealth();
        app.MapControllers().RequireRateLimiting(KeyTotalPolicy.Name);
        app.MapSdkChatOpenApi();
        app.MapConsole();
        return app;
    }
}
