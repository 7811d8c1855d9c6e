using FluentValidation;

namespace SdkChat.Application.Profiles.CreateProfile;

internal sealed class CreateProfileValidator : AbstractValidator<CreateProfileCommand>
{
    public CreateProfileValidator() => RuleFor(command => command.Data).IsObject();
}
