using Microsoft.AspNetCore.Authorization;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Authentication;

/// <summary>Why a valid credential is not sufficient.</summary>
internal sealed class AccessRefusal(IAuthorizationHandler handler, ErrorCode code) : AuthorizationFailureReason(handler, code.ToString())
{
    public ErrorCode Code { get; } = code;
}
