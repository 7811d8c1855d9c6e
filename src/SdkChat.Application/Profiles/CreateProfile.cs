using FluentValidation;
using MediatR;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>Stores a new profile.</summary>
/// <param name="Data">Any JSON object that storage can hold.</param>
public sealed record CreateProfileCommand(TenantId Tenant, RawJson Data) : IRequest<ProfileId>;

internal sealed class CreateProfileValidator : AbstractValidator<CreateProfileCommand>
{
    public CreateProfileValidator() => RuleFor(command => command.Data).IsObject();
}

internal sealed class CreateProfileHandler(IProfileRepository profiles, TimeProvider clock)
    : IRequestHandler<CreateProfileCommand, ProfileId>
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
