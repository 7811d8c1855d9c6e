using AutoMapper;
using SdkChat.Application.Tenants;

namespace SdkChat.Api.Tenants;

/// <summary>Maps tenants to responses.</summary>
public sealed class TenantMappings : Profile
{
    public TenantMappings() =>
        CreateMap<Tenant, TenantResponse>()
            .ForMember(item => item.TenantId, map => map.MapFrom(tenant => tenant.Id.Value))
            .ForMember(item => item.Code, map => map.MapFrom(tenant => tenant.Code.Value));
}
