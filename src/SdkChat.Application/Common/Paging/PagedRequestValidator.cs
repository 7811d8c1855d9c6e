using FluentValidation;

namespace SdkChat.Application.Common.Paging;

/// <summary>A request for a page of a list.</summary>
internal interface IPagedRequest
{
    PageRequest Page { get; }
}

/// <summary>The rules of paging. The validator of a paged request inherits them and adds its own.</summary>
internal abstract class PagedRequestValidator<TRequest> : AbstractValidator<TRequest>
    where TRequest : IPagedRequest
{
    protected PagedRequestValidator()
    {
        RuleFor(request => request.Page.Page).GreaterThanOrEqualTo(0).OverridePropertyName("page")
            .WithMessage("must be 0 or more: pages count from 0.");
        RuleFor(request => request.Page.Size).GreaterThanOrEqualTo(1).OverridePropertyName("size")
            .WithMessage("must be 1 or more; more than 100 is answered as 100.");
    }
}
