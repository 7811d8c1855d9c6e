using MediatR;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles.EndSession;

/// <summary>A shopper's visit is over.</summary>
public sealed record EndSessionCommand(TenantId Tenant, ProfileId Profile) : IRequest<ProfileSession>;
