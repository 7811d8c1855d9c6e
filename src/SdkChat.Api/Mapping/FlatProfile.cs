using System.Reflection;
using AutoMapper;
using AutoMapper.Configuration;

namespace SdkChat.Api.Mapping;

/// <summary>
/// A profile without AutoMapper's LINQ conventions (a destination <c>OrdersCount</c> from a source list <c>Orders</c>): no
/// map of ours wants them, and 8.0.0, which knows nothing of generic constraints, fails on the private members of .NET
/// 10's Enumerable while it looks for them.
/// </summary>
public abstract class FlatProfile : Profile, IProfileConfiguration
{
    IEnumerable<MethodInfo> IProfileConfiguration.SourceExtensionMethods => [];
}
