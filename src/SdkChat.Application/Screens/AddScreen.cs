using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Screens;

/// <summary>Makes a link that signs a screen in.</summary>
/// <param name="By">The caller's subject, from the token.</param>
public sealed record AddScreenCommand(TenantId Tenant, string Name, string? By) : IRequest<AddedScreen>;

/// <param name="Link">The code in the link, which is shown only here.</param>
public sealed record AddedScreen(Screen Screen, ScreenSecret Link);

internal sealed class AddScreenValidator : AbstractValidator<AddScreenCommand>
{
    public AddScreenValidator() =>
        RuleFor(command => command.Name).Must(name => NameRule.IsValid(name, Screen.MaxNameLength))
            .OverridePropertyName("name").WithMessage(NameRule.Message(Screen.MaxNameLength));
}

internal sealed class AddScreenHandler(IScreenRepository screens, TimeProvider clock) : IRequestHandler<AddScreenCommand, AddedScreen>
{
    public async Task<AddedScreen> Handle(AddScreenCommand request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var screen = new Screen(
            Guid.CreateVersion7(now), request.Tenant, request.Name.Trim(), now, request.By, now + Screen.LinkLifetime, ActivatedAt: null);
        var link = ScreenSecret.Create();
        return await screens.AddAsync(request.Tenant, screen, link, cancellationToken)
            ? new AddedScreen(screen, link)
            : throw new SdkChatException(
                ErrorCode.TooManyScreens, $"The tenant has {Screen.MaxPerTenant} screens. Revoke those that are not used.");
    }
}
