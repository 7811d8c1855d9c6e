using System.Text.Json;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// Binds an object whose properties are query parameters, and runs its validator, so that the response names all wrong parameters. MVC's
/// own binder creates contexts, filtered value providers and validators for each property of each request
/// (docs/performance-decisions.md).
/// </summary>
/// <param name="validator">Null if each combination of valid parameters is valid.</param>
internal sealed class QueryObjectBinder<T>(ModelMetadata metadata, IValidator<T>? validator) : IModelBinder
    where T : class, new()
{
    private readonly Parameter[] _parameters =
    [
        .. from property in metadata.Properties
           where property.PropertySetter is not null
           select new Parameter(
               property.BinderModelName ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.PropertyName!),
               StrictScalar.Get(property.UnderlyingOrModelType),
               property.PropertySetter!),
    ];

    public Task BindModelAsync(ModelBindingContext context)
    {
        var (model, query) = (new T(), context.HttpContext.Request.Query);
        foreach (var parameter in _parameters)
        {
            if (!query.TryGetValue(parameter.Name, out var values) || values.Count == 0)
                continue;
            if (parameter.Scalar.TryParse(values, out var value, out var error))
                parameter.Set(model, value);
            else
                context.ModelState.TryAddModelError(parameter.Name, error);
        }

        validator?.Validate(model).AddToModelState(context.ModelState, prefix: null);
        context.Result = ModelBindingResult.Success(model);
        return Task.CompletedTask;
    }

    private sealed record Parameter(string Name, StrictScalar Scalar, Action<object, object?> Set);
}
