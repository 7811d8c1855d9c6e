using SdkChat.Api.Mapping;
using SdkChat.Application.Tenants;

namespace SdkChat.Api.Tenants;

/// <summary>Tenants as the wire shows them.</summary>
public sealed class TenantMappings : FlatProfile
{
    public TenantMappings() =>
        CreateMap<Tenant, TenantResponse>()
            .ForMember(item => item.TenantId, map => map.MapFrom(tenant => tenant.Id.Value))
            .ForMember(item => item.Code, map => map.MapFrom(tenant => tenant.Code.Value));
}
