using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SdkChat.Api.Http.Binding;

/// <summary>Binds a parameter of an action with <see cref="StrictScalar"/>.</summary>
internal sealed class StrictScalarBinder(StrictScalar scalar) : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext context)
    {
        var values = context.ValueProvider.GetValue(context.ModelName);
        if (values == ValueProviderResult.None)
            return Task.CompletedTask;

        if (scalar.TryParse(values.Values, out var value, out var error))
        {
            context.Result = ModelBindingResult.Success(value);
        }
        else
        {
            context.ModelState.TryAddModelError(context.ModelName, error);
            context.Result = ModelBindingResult.Failed();
        }

        return Task.CompletedTask;
    }
}
