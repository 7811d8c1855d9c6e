using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Auditing;

/// <summary>A page of the audit trail, newest first, for the backoffice.</summary>
public sealed record ListAuditEntriesQuery(AuditFilter Filter, PageRequest Page) : IRequest<Page<StoredAuditEntry>>;

internal sealed class ListAuditEntriesHandler(ICrossTenantAuditReader trail)
    : IRequestHandler<ListAuditEntriesQuery, Page<StoredAuditEntry>>
{
    public async Task<Page<StoredAuditEntry>> Handle(ListAuditEntriesQuery request, CancellationToken cancellationToken)
    {
        var slice = await trail.ListAsync(request.Filter, request.Page.Position, request.Page.CappedSize, cancellationToken);
        return request.Page.ToPage(slice, static entry => new ChatKey(entry.At, new ChatId(entry.Id)));
    }
}

internal sealed class ListAuditEntriesValidator : AbstractValidator<ListAuditEntriesQuery>
{
    private const int MaxLength = 200;

    public ListAuditEntriesValidator()
    {
        RuleFor(query => query.Filter.Subject).Must(IsText).OverridePropertyName("subject").WithMessage(Message);
        RuleFor(query => query.Filter.Action).Must(IsText).OverridePropertyName("action").WithMessage(Message);
        RuleFor(query => query.Filter.From).Must((query, from) => from is null || query.Filter.To is not { } to || from <= to)
            .OverridePropertyName("from").WithMessage("must not lie after to.");
    }

    private static string Message => $"must be 1 to {MaxLength} characters without control characters.";

    /// <summary>
    /// The limit is in code points, each of which takes up to two UTF-16 code units. An unpaired surrogate cannot occur in a query.
    /// </summary>
    private static bool IsText(string? text) => text is null || (text.Length is > 0 and <= 2 * MaxLength && !text.Any(char.IsControl));
}
