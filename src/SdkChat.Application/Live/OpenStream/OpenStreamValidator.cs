using FluentValidation;

namespace SdkChat.Application.Live.OpenStream;

internal sealed class OpenStreamValidator : AbstractValidator<OpenStreamCommand>
{
    public OpenStreamValidator() =>
        RuleFor(command => command.Events).Must(names => names is null || LiveEventNames.TryParse(names, out _))
            .OverridePropertyName("events")
            .WithMessage($"takes any of {string.Join(", ", LiveEventNames.All)}, separated by commas.");
}
