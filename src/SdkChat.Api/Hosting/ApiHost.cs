using AutoMapper;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.ConsolePages;
using SdkChat.Api.Health;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Origins;
using SdkChat.Api.Mapping;
using SdkChat.Api.OpenApi;
using SdkChat.Application;
using SdkChat.Infrastructure;

namespace SdkChat.Api.Hosting;

/// <summary>The web application: what is wired, and in which order a request passes it.</summary>
public static class ApiHost
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.ConfigureServer();
        builder.Services
            .AddApplication()
            .AddInfrastructure()
            .AddProxies()
            .AddHttpConventions()
            .AddOrigins()
            .AddSdkChatAuthentication()
            .AddSdkChatOpenApi()
            .AddConsole();
        builder.Services.AddSingleton<IMapper>(new Mapper(Maps.Configure()));

        var app = builder.Build();
        app.UseProxies();
        app.UseHttpConventions();
        app.UseRouting();
        app.UseAuditing();
        app.UseOrigins();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapControllers();
        app.MapSdkChatOpenApi();
        app.MapConsole();
        return app;
    }
}
