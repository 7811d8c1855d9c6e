using MediatR;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles.GetProfile;

/// <summary>A profile's document.</summary>
public sealed record GetProfileQuery(TenantId Tenant, ProfileId Profile) : IRequest<ProfileDocument>;
