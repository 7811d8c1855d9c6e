using FluentValidation;

namespace SdkChat.Application.Common.Paging;

/// <summary>It runs when the page request is bound. A cursor is checked when it is parsed.</summary>
internal sealed class PageRequestValidator : AbstractValidator<PageRequest>
{
    public PageRequestValidator()
    {
        RuleFor(request => request.Page).GreaterThanOrEqualTo(0).OverridePropertyName("page")
            .WithMessage("must be 0 or more: pages count from 0.");
        RuleFor(request => request.Size).GreaterThanOrEqualTo(1).OverridePropertyName("size")
            .WithMessage("must be 1 or more; more than 100 is answered as 100.");
    }
}

internal sealed class NumberedPageRequestValidator : AbstractValidator<NumberedPageRequest>
{
    public NumberedPageRequestValidator()
    {
        RuleFor(request => request.Page).GreaterThanOrEqualTo(0).OverridePropertyName("page")
            .WithMessage("must be 0 or more: pages count from 0.");
        RuleFor(request => request.Size).GreaterThanOrEqualTo(1).OverridePropertyName("size")
            .WithMessage("must be 1 or more; more than 100 is answered as 100.");
    }
}
