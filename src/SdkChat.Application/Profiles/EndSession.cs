using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>Ends the profile's active session.</summary>
public sealed record EndSessionCommand(TenantId Tenant, ProfileId Profile) : IRequest<ProfileSession>;

internal sealed class EndSessionHandler(IProfileSessions sessions, TimeProvider clock) : IRequestHandler<EndSessionCommand, ProfileSession>
{
    public async Task<ProfileSession> Handle(EndSessionCommand request, CancellationToken cancellationToken)
    {
        var change = await sessions.EndAsync(request.Tenant, request.Profile, clock.Now(), cancellationToken);
        if (!change.ProfileExists)
            throw NotFoundException.Profile();
        return change.Session
            ?? throw new SdkChatException(ErrorCode.NoActiveSession, "The profile has no active session: start one first.");
    }
}
