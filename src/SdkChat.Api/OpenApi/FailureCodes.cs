using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.OpenApi;

/// <summary>The error codes of an action: those that follow from its parameters and its policy, and those that it declares.</summary>
internal static class FailureCodes
{
    public static IEnumerable<ErrorCode> Get(ApiDescription action)
    {
        var own = action.ActionDescriptor.EndpointMetadata.OfType<ProducesErrorAttribute>().SelectMany(produces => produces.Codes);
        return ForInput(action).Concat(ForCaller(SecurityTransformer.Policy(action))).Concat(own).Concat(
        [
            ErrorCode.MethodNotAllowed, ErrorCode.NotAcceptable, ErrorCode.RateLimited, ErrorCode.Internal, ErrorCode.Unavailable,
        ]);
    }

    private static IEnumerable<ErrorCode> ForInput(ApiDescription action)
    {
        var parameters = action.ParameterDescriptions;
        if (parameters.Count > 0)
            yield return ErrorCode.ValidationFailed;
        if (!HttpMethods.IsGet(action.HttpMethod ?? ""))
            yield return ErrorCode.PayloadTooLarge;
        if (parameters.Any(parameter => parameter.Source == BindingSource.Body))
        {
            yield return ErrorCode.MalformedJson;
            yield return ErrorCode.UnsupportedMediaType;
        }
    }

    private static ErrorCode[] ForCaller(string? policy) => policy switch
    {
        Policies.TenantAdmin =>
            [
                ErrorCode.Unauthenticated, ErrorCode.Forbidden, ErrorCode.TenantMismatch, ErrorCode.TenantDisabled,
                ErrorCode.OriginNotAllowed, ErrorCode.Blocked,
            ],
        Policies.SuperAdmin => [ErrorCode.Unauthenticated, ErrorCode.Forbidden, ErrorCode.OriginNotAllowed],
        Policies.SdkKey => [ErrorCode.Unauthenticated, ErrorCode.TenantMismatch, ErrorCode.TenantDisabled],
        _ => [],
    };
}
