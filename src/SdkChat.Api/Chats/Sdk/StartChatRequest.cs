namespace SdkChat.Api.Chats.Sdk;

/// <summary>A shopper's question.</summary>
/// <param name="Prompt">1 to 4,000 characters after trimming, without U+0000.</param>
public sealed record StartChatRequest(string? Prompt);
