using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>Sets members of a profile's document, one level deep.</summary>
/// <param name="Patch">A JSON object; a member that is null is stored as null.</param>
public sealed record MergeProfileCommand(TenantId Tenant, ProfileId Profile, RawJson Patch) : IRequest<ProfileDocument>;

internal sealed class MergeProfileValidator : AbstractValidator<MergeProfileCommand>
{
    public MergeProfileValidator() => RuleFor(command => command.Patch).IsObject();
}

internal sealed class MergeProfileHandler(IProfileRepository profiles, TimeProvider clock)
    : IRequestHandler<MergeProfileCommand, ProfileDocument>
{
    public async Task<ProfileDocument> Handle(MergeProfileCommand request, CancellationToken cancellationToken)
    {
        ProfileLimit.Check(request.Patch);
        var data = await profiles.MergeAsync(request.Tenant, request.Profile, request.Patch, clock.Now(), cancellationToken)
            ?? throw NotFoundException.Profile();
        return new ProfileDocument(request.Profile, data);
    }
}
