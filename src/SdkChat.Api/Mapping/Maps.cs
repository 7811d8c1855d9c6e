using System.Reflection;
using AutoMapper;
using AutoMapper.Configuration;

namespace SdkChat.Api.Mapping;

/// <summary>All maps of the Api.</summary>
public static class Maps
{
    public static MapperConfiguration Configure()
    {
        var maps = new FlatExpression();
        maps.AddProfiles(typeof(Maps).Assembly);
        return new MapperConfiguration(maps);
    }

    /// <inheritdoc cref="FlatProfile"/>
    private sealed class FlatExpression : MapperConfigurationExpression, IProfileConfiguration
    {
        IEnumerable<MethodInfo> IProfileConfiguration.SourceExtensionMethods => [];
    }
}
