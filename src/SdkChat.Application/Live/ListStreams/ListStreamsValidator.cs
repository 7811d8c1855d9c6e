using FluentValidation;
using SdkChat.Application.Common.Paging;

namespace SdkChat.Application.Live.ListStreams;

internal sealed class ListStreamsValidator : AbstractValidator<ListStreamsQuery>
{
    public ListStreamsValidator(IValidator<NumberedPageRequest> page) => RuleFor(query => query.Page).SetValidator(page).OverridePropertyName("");
}
