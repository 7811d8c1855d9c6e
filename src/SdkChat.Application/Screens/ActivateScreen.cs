using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Screens;

/// <summary>Uses a screen's link and returns the token of the screen.</summary>
/// <param name="Code">As the caller sent it.</param>
/// <param name="HostTenant">The code of the tenant that the called host belongs to; null if it belongs to none.</param>
/// <exception cref="NotFoundException">
/// The link was used, is too old, was revoked, never existed, or is of another tenant than the host.
/// </exception>
public sealed record ActivateScreenCommand(string? Code, string? HostTenant) : IRequest<ScreenSecret>
{
    /// <summary>Omits <see cref="Code"/>, which is a secret.</summary>
    public override string ToString() => nameof(ActivateScreenCommand);
}

internal sealed class ActivateScreenHandler(IScreenSecrets screens, TimeProvider clock)
    : IRequestHandler<ActivateScreenCommand, ScreenSecret>
{
    public async Task<ScreenSecret> Handle(ActivateScreenCommand request, CancellationToken cancellationToken)
    {
        var token = ScreenSecret.Create();
        return ScreenSecret.Parse(request.Code) is { } link
            && await screens.ActivateAsync(link, request.HostTenant, token, clock.Now(), cancellationToken)
            ? token
            : throw NotFoundException.ScreenLink();
    }
}
