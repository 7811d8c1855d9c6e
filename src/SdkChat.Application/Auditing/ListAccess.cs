using MediatR;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Auditing;

/// <summary>A page of the reads of a tenant's data by super admins, newest first, for the tenant.</summary>
public sealed record ListAccessQuery(TenantId Tenant, PageRequest Page) : IRequest<Page<AccessEntry>>
{
    /// <summary>Whether the page has the changes by super admins too.</summary>
    public bool HasChanges { get; init; }
}

internal sealed class ListAccessHandler(IAuditReader trail) : IRequestHandler<ListAccessQuery, Page<AccessEntry>>
{
    public async Task<Page<AccessEntry>> Handle(ListAccessQuery request, CancellationToken cancellationToken)
    {
        var slice = await trail.ListAccessAsync(
            request.Tenant, request.HasChanges, request.Page.Position, request.Page.CappedSize, cancellationToken);
        return request.Page.ToPage(slice, static entry => new ChatKey(entry.At, new ChatId(entry.Id)));
    }
}
