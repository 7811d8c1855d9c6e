using FluentValidation;
using SdkChat.Application.Chats.Paging;

namespace SdkChat.Application.Chats.ListAllChats;

internal sealed class ListAllChatsValidator : AbstractValidator<ListAllChatsQuery>
{
    public ListAllChatsValidator(IValidator<PageRequest> page) => RuleFor(query => query.Page).SetValidator(page).OverridePropertyName("");
}
