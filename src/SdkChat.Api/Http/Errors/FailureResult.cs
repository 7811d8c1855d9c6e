using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SdkChat.Api.Http.Errors;

/// <summary>The result of a failed call, found by MVC before the action or by an endpoint.</summary>
internal sealed class FailureResult(Failure failure) : IActionResult, IResult
{
    /// <summary>The errors of model binding and validators.</summary>
    public static FailureResult From(ModelStateDictionary state) => new(Failure.Invalid(
        from entry in state
        from error in entry.Value?.Errors ?? []
        select (entry.Key, string.IsNullOrEmpty(error.ErrorMessage) ? "is not valid." : error.ErrorMessage)));

    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);

    public Task ExecuteAsync(HttpContext httpContext) => httpContext.WriteErrorAsync(failure);
}
