using MediatR;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles.DeleteProfile;

/// <summary>Deletes a profile: nobody finds it any more, though its chats keep showing whose they were.</summary>
public sealed record DeleteProfileCommand(TenantId Tenant, ProfileId Profile) : IRequest<ProfileDocument>;
