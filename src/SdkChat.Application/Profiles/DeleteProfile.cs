using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>Deletes a profile. It is no longer found, but its chats still show its id and summary.</summary>
public sealed record DeleteProfileCommand(TenantId Tenant, ProfileId Profile) : IRequest<ProfileDocument>;

internal sealed class DeleteProfileHandler(IProfileRepository profiles, TimeProvider clock)
    : IRequestHandler<DeleteProfileCommand, ProfileDocument>
{
    public async Task<ProfileDocument> Handle(DeleteProfileCommand request, CancellationToken cancellationToken)
    {
        var data = await profiles.DeleteAsync(request.Tenant, request.Profile, clock.Now(), cancellationToken)
            ?? throw NotFoundException.Profile();
        return new ProfileDocument(request.Profile, data);
    }
}
