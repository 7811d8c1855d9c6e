using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.OpenApi;

/// <summary>Examples of each failure of an operation, by its code. (An unknown address belongs to no operation.)</summary>
internal static class FailureExamples
{
    public static IDictionary<string, IOpenApiExample> All { get; } = Enum.GetValues<ErrorCode>().Where(code => code != ErrorCode.NotFound)
        .Select(ErrorTable.Get).ToDictionary(
            row => row.Code, IOpenApiExample (row) => new OpenApiExample { Summary = row.Message, Value = Failure(row) });

    private static JsonObject Failure(ErrorRow row)
    {
        var failure = new JsonObject { ["success"] = false, ["code"] = row.Code, ["message"] = row.Message };
        if (row.Code == ErrorTable.Get(ErrorCode.ValidationFailed).Code)
            failure["errors"] = new JsonObject { ["size"] = new JsonArray("must be 1 or more; more than 100 is answered as 100.") };
        return failure;
    }
}
