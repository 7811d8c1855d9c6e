using MediatR;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live.ListStreams;

/// <summary>A page of the streams that are open on all nodes, newest first, for the backoffice.</summary>
/// <param name="Tenant">Only this tenant's; null for all.</param>
public sealed record ListStreamsQuery(TenantId? Tenant, NumberedPageRequest Page) : IRequest<StreamPage>;

/// <param name="Streams">The page.</param>
/// <param name="NodesAsked">Nodes that were thought to be alive.</param>
/// <param name="NodesAnswered">Those of them that answered in time. The streams of the others are missing from page and total.</param>
public sealed record StreamPage(NumberedPage<OpenStreamRow> Streams, int NodesAsked, int NodesAnswered);

/// <param name="TenantCode">Null when the tenant is no more.</param>
public sealed record OpenStreamRow(OpenStreamInfo Stream, string? TenantCode);
