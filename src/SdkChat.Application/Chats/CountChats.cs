using FluentValidation;
using MediatR;

namespace SdkChat.Application.Chats;

/// <summary>Counts the chats of a list by status, in one snapshot.</summary>
/// <param name="Scope">A tenant or the backoffice.</param>
public sealed record CountChatsQuery(ChatScope Scope, ChatFilter Filter) : IRequest<ChatCounts>;

/// <summary>Numbers of chats under a filter. Each is the total of the list with the status, or the trigger, added to the filter.</summary>
/// <param name="Completed">With and without a back-list trigger.</param>
/// <param name="IsLowerBound">Whether counting the matches of a search was cut off. The numbers are then minimums.</param>
public sealed record ChatCounts(
    long Total, long InProgress, long Completed, long Error, long Ended, long Triggered, bool IsLowerBound = false);

internal sealed class CountChatsValidator : AbstractValidator<CountChatsQuery>
{
    public CountChatsValidator() => RuleFor(query => query.Filter).SetValidator(new ChatFilterValidator()).OverridePropertyName("");
}

internal sealed class CountChatsHandler(IChatHistory history, ICrossTenantChatHistory allTenants)
    : IRequestHandler<CountChatsQuery, ChatCounts>
{
    public Task<ChatCounts> Handle(CountChatsQuery request, CancellationToken cancellationToken) => request.Scope switch
    {
        ChatScope.OfTenant(var tenant) => history.CountAsync(tenant, request.Filter, cancellationToken),
        ChatScope.Backoffice(var tenant) => allTenants.CountAsync(tenant, request.Filter, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request.Scope, "Counts are read by a tenant or by the backoffice."),
    };
}
