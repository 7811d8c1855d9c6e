namespace SdkChat.Domain.Chats;

/// <summary>A chat, and at the same time the pipeline run that answers it (contract, section 5).</summary>
public readonly record struct ChatId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
