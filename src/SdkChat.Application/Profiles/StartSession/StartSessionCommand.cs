using MediatR;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles.StartSession;

/// <summary>A shopper's visit begins.</summary>
public sealed record StartSessionCommand(TenantId Tenant, ProfileId Profile) : IRequest<ProfileSession>;
