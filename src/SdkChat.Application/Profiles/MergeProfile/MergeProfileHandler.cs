using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Profiles.MergeProfile;

internal sealed class MergeProfileHandler(IProfileRepository profiles, TimeProvider clock) : IRequestHandler<MergeProfileCommand, ProfileDocument>
{
    public async Task<ProfileDocument> Handle(MergeProfileCommand request, CancellationToken cancellationToken)
    {
        ProfileLimit.Check(request.Patch);
        var data = await profiles.MergeAsync(request.Tenant, request.Profile, request.Patch, clock.Now(), cancellationToken)
            ?? throw NotFoundException.Profile();
        return new ProfileDocument(request.Profile, data);
    }
}
