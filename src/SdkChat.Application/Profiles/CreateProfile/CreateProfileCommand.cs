using MediatR;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles.CreateProfile;

/// <summary>Stores a new profile.</summary>
/// <param name="Data">Any JSON object that storage can hold.</param>
public sealed record CreateProfileCommand(TenantId Tenant, RawJson Data) : IRequest<ProfileId>;
