using Microsoft.AspNetCore.Authorization;

namespace SdkChat.Api.Authentication;

/// <summary>
/// Requires a valid credential of this scheme with its role. A credential with a tenant must be of an enabled one, on a host that is not
/// another tenant's.
/// </summary>
internal sealed record AccessRequirement(string Scheme) : IAuthorizationRequirement;
