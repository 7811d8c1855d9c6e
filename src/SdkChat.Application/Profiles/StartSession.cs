using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>Starts a session of the profile.</summary>
public sealed record StartSessionCommand(TenantId Tenant, ProfileId Profile) : IRequest<ProfileSession>;

internal sealed class StartSessionHandler(IProfileSessions sessions, TimeProvider clock)
    : IRequestHandler<StartSessionCommand, ProfileSession>
{
    public async Task<ProfileSession> Handle(StartSessionCommand request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var session = new ProfileSessionId(Guid.CreateVersion7(now));
        var change = await sessions.StartAsync(request.Tenant, request.Profile, session, now, cancellationToken);
        if (!change.ProfileExists)
            throw NotFoundException.Profile();
        return change.Session
            ?? throw new SdkChatException(ErrorCode.SessionActive, "The profile has an active session: end it first.");
    }
}
