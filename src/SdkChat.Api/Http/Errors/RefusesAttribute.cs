using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.Errors;

/// <summary>
/// Says with which codes of its own an action may refuse, for the OpenAPI document. What any call may be refused with
/// (credentials, parameters, bodies, limits) is known without it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RefusesAttribute(params ErrorCode[] codes) : Attribute
{
    public IReadOnlyList<ErrorCode> Codes { get; } = codes;
}
