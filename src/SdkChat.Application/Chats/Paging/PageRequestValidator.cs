using FluentValidation;

namespace SdkChat.Application.Chats.Paging;

internal sealed class PageRequestValidator : AbstractValidator<PageRequest>
{
    public PageRequestValidator()
    {
        RuleFor(request => request.Page).GreaterThanOrEqualTo(0).OverridePropertyName("page")
            .WithMessage("must be 0 or more: pages count from 0.");
        RuleFor(request => request.Size).GreaterThanOrEqualTo(1).OverridePropertyName("size")
            .WithMessage("must be 1 or more; more than 100 is answered as 100.");
        RuleFor(request => request.Cursor).Must(cursor => cursor is null || PageCursor.TryParse(cursor, out _))
            .OverridePropertyName("cursor")
            .WithMessage("is not one of this list's: follow the Link header of an answer, or leave it out.");
    }
}
