using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Pipelines;

/// <summary>A run that this node has claimed until its lease ends.</summary>
public sealed record ClaimedRun(TenantId Tenant, ChatId Chat);
