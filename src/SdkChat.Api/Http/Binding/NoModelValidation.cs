using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// Turns off MVC's validation, which visits each member of each bound object. <see cref="QueryObjectBinder{T}"/> and MediatR's pipeline
/// validate requests.
/// </summary>
internal sealed class NoModelValidation : IObjectModelValidator
{
    public void Validate(ActionContext actionContext, ValidationStateDictionary? validationState, string prefix, object? model)
    {
    }
}
