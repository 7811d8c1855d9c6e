using MediatR;
using SdkChat.Application.Common.Paging;

namespace SdkChat.Application.Tenants.ListTenantPage;

/// <summary>A page of the tenants, by code, for the backoffice.</summary>
public sealed record ListTenantPageQuery(NumberedPageRequest Page) : IRequest<NumberedPage<Tenant>>;
