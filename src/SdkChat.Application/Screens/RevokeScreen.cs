using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Screens;

/// <summary>Signs a screen out, or withdraws its link: its calls are refused and its streams end on every node within 5 s.</summary>
/// <exception cref="NotFoundException">The tenant has no such screen.</exception>
public sealed record RevokeScreenCommand(TenantId Tenant, Guid Screen) : IRequest<Unit>;

internal sealed class RevokeScreenHandler(IScreenRepository screens, TimeProvider clock) : IRequestHandler<RevokeScreenCommand, Unit>
{
    public async Task<Unit> Handle(RevokeScreenCommand request, CancellationToken cancellationToken)
    {
        if (!await screens.RevokeAsync(request.Tenant, request.Screen, clock.Now(), cancellationToken))
            throw NotFoundException.Screen();
        return Unit.Value;
    }
}
