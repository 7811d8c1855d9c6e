using MediatR;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Profiles.CreateProfile;

internal sealed class CreateProfileHandler(IProfileRepository profiles, TimeProvider clock) : IRequestHandler<CreateProfileCommand, ProfileId>
{
    public async Task<ProfileId> Handle(CreateProfileCommand request, CancellationToken cancellationToken)
    {
        ProfileLimit.Check(request.Data);
        var now = clock.Now();
        var profile = new ProfileId(Guid.CreateVersion7(now));
        await profiles.AddAsync(request.Tenant, profile, request.Data, now, cancellationToken);
        return profile;
    }
}
