using FluentValidation;

namespace SdkChat.Application.Tenants.ListApiKeys;

internal sealed class ListApiKeysValidator : AbstractValidator<ListApiKeysQuery>
{
    public ListApiKeysValidator() => RuleFor(query => query.Tenant!).TenantCode().When(query => query.Tenant is not null);
}
