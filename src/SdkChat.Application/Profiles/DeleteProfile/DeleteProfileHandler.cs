using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Profiles.DeleteProfile;

internal sealed class DeleteProfileHandler(IProfileRepository profiles, TimeProvider clock) : IRequestHandler<DeleteProfileCommand, ProfileDocument>
{
    public async Task<ProfileDocument> Handle(DeleteProfileCommand request, CancellationToken cancellationToken)
    {
        var data = await profiles.DeleteAsync(request.Tenant, request.Profile, clock.Now(), cancellationToken)
            ?? throw NotFoundException.Profile();
        return new ProfileDocument(request.Profile, data);
    }
}
