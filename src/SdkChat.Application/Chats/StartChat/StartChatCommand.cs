using MediatR;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats.StartChat;

/// <summary>A shopper asks. Answers as soon as the chat is stored; the pipeline is told afterwards.</summary>
/// <param name="Prompt">As the shopper wrote it: 1 to 4,000 characters (Unicode code points) once trimmed, without U+0000.</param>
/// <param name="IdempotencyKey">Null when the call bore none.</param>
public sealed record StartChatCommand(TenantId Tenant, ProfileId Profile, string? Prompt, string? IdempotencyKey) : IRequest<StartedChat>;
