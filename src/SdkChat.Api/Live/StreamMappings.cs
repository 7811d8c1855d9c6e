using AutoMapper;
using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>Maps streams to responses.</summary>
public sealed class StreamMappings : Profile
{
    public StreamMappings() =>
        CreateMap<OpenStreamRow, StreamResponse>()
            .ForMember(item => item.StreamId, map => map.MapFrom(row => row.Stream.Id))
            .ForMember(item => item.TenantId, map => map.MapFrom(row => row.Stream.Tenant.Value))
            .ForMember(item => item.Subject, map => map.MapFrom(row => row.Stream.Subject))
            .ForMember(item => item.Node, map => map.MapFrom(row => row.Stream.Node))
            .ForMember(item => item.Since, map => map.MapFrom(row => row.Stream.Since))
            .ForMember(item => item.Sent, map => map.MapFrom(row => row.Stream.Sent))
            .ForMember(item => item.Queued, map => map.MapFrom(row => row.Stream.Queued));
}
