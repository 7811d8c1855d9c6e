using FluentValidation;
using SdkChat.Application.Chats.Paging;

namespace SdkChat.Application.Chats.ListChats;

internal sealed class ListChatsValidator : AbstractValidator<ListChatsQuery>
{
    public ListChatsValidator(IValidator<PageRequest> page) => RuleFor(query => query.Page).SetValidator(page).OverridePropertyName("");
}
