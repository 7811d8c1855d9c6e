using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.Errors;

/// <summary>
/// Lists the action's own error codes for the OpenAPI document. The codes that any call may have (credentials, parameters, bodies, limits)
/// are added without it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProducesErrorAttribute(params ErrorCode[] codes) : Attribute
{
    public IReadOnlyList<ErrorCode> Codes { get; } = codes;
}
