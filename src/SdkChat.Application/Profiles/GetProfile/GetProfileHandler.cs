using MediatR;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Application.Profiles.GetProfile;

internal sealed class GetProfileHandler(IProfileRepository profiles) : IRequestHandler<GetProfileQuery, ProfileDocument>
{
    public async Task<ProfileDocument> Handle(GetProfileQuery request, CancellationToken cancellationToken)
    {
        var data = await profiles.FindAsync(request.Tenant, request.Profile, cancellationToken) ?? throw NotFoundException.Profile();
        return new ProfileDocument(request.Profile, data);
    }
}
