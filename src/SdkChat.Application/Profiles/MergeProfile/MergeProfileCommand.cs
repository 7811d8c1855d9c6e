using MediatR;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles.MergeProfile;

/// <summary>Puts members over a profile's, one level deep.</summary>
/// <param name="Patch">A JSON object; a member that is null is stored as null.</param>
public sealed record MergeProfileCommand(TenantId Tenant, ProfileId Profile, RawJson Patch) : IRequest<ProfileDocument>;
