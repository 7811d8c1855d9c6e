namespace SdkChat.Domain.Chats;

/// <summary>The status of a chat. Ending a completed or failed chat does not change it.</summary>
public enum ChatStatus
{
    /// <summary>The pipeline has not answered yet.</summary>
    InProgress,

    /// <summary>The pipeline's result is stored.</summary>
    Completed,

    /// <summary>The run failed or took too long; the chat has a last error.</summary>
    Error,

    /// <summary>The shopper ended the chat before a result was stored.</summary>
    Ended,
}
