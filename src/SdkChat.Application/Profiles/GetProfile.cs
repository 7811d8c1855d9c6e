using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>A profile's document.</summary>
public sealed record GetProfileQuery(TenantId Tenant, ProfileId Profile) : IRequest<ProfileDocument>;

internal sealed class GetProfileHandler(IProfileRepository profiles) : IRequestHandler<GetProfileQuery, ProfileDocument>
{
    public async Task<ProfileDocument> Handle(GetProfileQuery request, CancellationToken cancellationToken)
    {
        var data = await profiles.FindAsync(request.Tenant, request.Profile, cancellationToken) ?? throw NotFoundException.Profile();
        return new ProfileDocument(request.Profile, data);
    }
}
