namespace SdkChat.Domain.Chats;

/// <summary>The transitions of a chat after its kickoff (contract, section 6).</summary>
public enum ChatTransition
{
    /// <summary>The pipeline reported the run as completed.</summary>
    Complete,

    /// <summary>The run failed, or did not finish within its time limit.</summary>
    Fail,

    /// <summary>The shopper ended the chat.</summary>
    End,

    /// <summary>The shopper reached the back list.</summary>
    TriggerBackList,
}
