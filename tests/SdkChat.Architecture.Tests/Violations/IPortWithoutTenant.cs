using SdkChat.Domain.Chats;

namespace SdkChat.Architecture.Tests.Violations;

internal interface IPortWithoutTenant
{
    Task FindAsync(ChatId chat);
}
