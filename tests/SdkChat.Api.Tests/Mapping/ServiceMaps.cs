using AutoMapper;
using AutoMapper.Internal;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Api.Hosting;

namespace SdkChat.Api.Tests.Mapping;

/// <summary>The maps of the service, registered as the service registers them.</summary>
internal static class ServiceMaps
{
    public static IMapper Create() =>
        new ServiceCollection().AddAutoMapper(typeof(ApiHost).Assembly).BuildServiceProvider().GetRequiredService<IMapper>();

    public static IReadOnlyCollection<TypeMap> TypeMaps(IConfigurationProvider configuration) => configuration.Internal().GetAllTypeMaps();
}
