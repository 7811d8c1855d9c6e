using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>A page of the blocks that have not ended, newest first, for the backoffice.</summary>
/// <param name="Tenant">Only this tenant's blocks; null for all tenants.</param>
public sealed record ListBlocksQuery(TenantId? Tenant, NumberedPageRequest Page) : IRequest<NumberedPage<Block>>;

internal sealed class ListBlocksHandler(IBlockRepository blocks, TimeProvider clock) : IRequestHandler<ListBlocksQuery, NumberedPage<Block>>
{
    public async Task<NumberedPage<Block>> Handle(ListBlocksQuery request, CancellationToken cancellationToken)
    {
        var (items, total) = await blocks.ListAsync(
            request.Tenant, clock.Now(), request.Page.Offset, request.Page.CappedSize, cancellationToken);
        return request.Page.CreatePage(items, total);
    }
}

internal sealed class ListBlocksValidator : AbstractValidator<ListBlocksQuery>
{
    public ListBlocksValidator(IValidator<NumberedPageRequest> page) =>
        RuleFor(query => query.Page).SetValidator(page).OverridePropertyName("");
}
