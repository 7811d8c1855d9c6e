using MediatR;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Pipelines.FollowRun;

/// <summary>Looks after one run that this node has taken on: starts it, or asks after it, and settles its chat when it has ended.</summary>
public sealed record FollowRunCommand(TenantId Tenant, ChatId Chat) : IRequest;
