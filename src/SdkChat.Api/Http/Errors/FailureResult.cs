using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SdkChat.Api.Http.Errors;

/// <summary>A failure as an answer: what MVC found before the action could run, or what an endpoint finds itself.</summary>
internal sealed class FailureResult(Failure failure) : IActionResult, IResult
{
    /// <summary>What model binding and the validators refused.</summary>
    public static FailureResult From(ModelStateDictionary state) => new(Failure.Invalid(
        from entry in state
        from error in entry.Value?.Errors ?? []
        select (entry.Key, string.IsNullOrEmpty(error.ErrorMessage) ? "is not valid." : error.ErrorMessage)));

    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);

    public Task ExecuteAsync(HttpContext httpContext) => httpContext.WriteErrorAsync(failure);
}
