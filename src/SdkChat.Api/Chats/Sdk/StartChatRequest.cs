namespace SdkChat.Api.Chats.Sdk;

/// <summary>What a shopper asks.</summary>
/// <param name="Prompt">1 to 4,000 characters after trimming, without U+0000.</param>
public sealed record StartChatRequest(string? Prompt);
