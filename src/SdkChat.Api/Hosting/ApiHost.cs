using AutoMapper;
using SdkChat.Api.Mapping;
using SdkChat.Api.OpenApi;
using SdkChat.Api.Http.Binding;
using SdkChat.Application;
using SdkChat.Infrastructure;

namespace SdkChat.Api.Hosting;

/// <summary>The web application: what is wired, and in which order a request passes it.</summary>
public static class ApiHost
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddApplication().AddInfrastructure();
        builder.Services.AddControllers(options => options.ModelBinderProviders.Insert(0, new StrictScalarBinderProvider()));
        builder.Services.AddSdkChatOpenApi();
        builder.Services.AddSingleton<IMapper>(new Mapper(Maps.Configure()));

        var app = builder.Build();
        app.MapControllers();
        app.MapSdkChatOpenApi();
        return app;
    }
}
