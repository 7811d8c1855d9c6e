using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Pipelines;

/// <summary>A run that this node has taken on for the length of a lease.</summary>
public sealed record ClaimedRun(TenantId Tenant, ChatId Chat);
