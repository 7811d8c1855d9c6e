using FluentValidation;

namespace SdkChat.Application.Profiles.MergeProfile;

internal sealed class MergeProfileValidator : AbstractValidator<MergeProfileCommand>
{
    public MergeProfileValidator() => RuleFor(command => command.Patch).IsObject();
}
