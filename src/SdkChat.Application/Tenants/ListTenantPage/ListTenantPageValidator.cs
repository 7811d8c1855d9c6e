using FluentValidation;
using SdkChat.Application.Common.Paging;

namespace SdkChat.Application.Tenants.ListTenantPage;

internal sealed class ListTenantPageValidator : AbstractValidator<ListTenantPageQuery>
{
    public ListTenantPageValidator(IValidator<NumberedPageRequest> page) => RuleFor(query => query.Page).SetValidator(page).OverridePropertyName("");
}
