using Microsoft.AspNetCore.Authorization;

namespace SdkChat.Api.Authentication;

/// <summary>A good credential of this scheme, with its role, and, where it has a tenant, of an enabled one on a fitting host.</summary>
internal sealed record AccessRequirement(string Scheme) : IAuthorizationRequirement;
