using FluentValidation;
using SdkChat.Application.Chats.Paging;

namespace SdkChat.Application.Chats.ListProfileChats;

internal sealed class ListProfileChatsValidator : AbstractValidator<ListProfileChatsQuery>
{
    public ListProfileChatsValidator(IValidator<PageRequest> page) => RuleFor(query => query.Page).SetValidator(page).OverridePropertyName("");
}
