namespace SdkChat.Domain.Chats;

/// <summary>Where a chat stands. A chat whose answer had come keeps that status when it is ended later.</summary>
public enum ChatStatus
{
    /// <summary>The pipeline has not answered yet.</summary>
    InProgress,

    /// <summary>The pipeline's result is stored.</summary>
    Completed,

    /// <summary>The run failed or took too long; the chat has a last error.</summary>
    Error,

    /// <summary>The shopper ended the chat before an answer came.</summary>
    Ended,
}
