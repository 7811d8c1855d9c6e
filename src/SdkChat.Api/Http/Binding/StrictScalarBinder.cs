using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// Reads ids, numbers and texts from the path and the query. Stricter than MVC's own binders, which take an empty
/// <c>profile_id=</c> for no filter at all, the first of two values for the only one, and <c>{…}</c> for a UUID; see <see cref="ScalarText"/>.
/// </summary>
internal sealed class StrictScalarBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext context)
    {
        var values = context.ValueProvider.GetValue(context.ModelName);
        if (values == ValueProviderResult.None)
            return Task.CompletedTask;

        context.ModelState.SetModelValue(context.ModelName, values);
        if (values.Length > 1)
            Refuse(context, "is given more than once.");
        else if (context.ModelMetadata.UnderlyingOrModelType == typeof(Guid))
            BindId(context, values.FirstValue);
        else if (context.ModelMetadata.ModelType == typeof(string))
            context.Result = ModelBindingResult.Success(values.FirstValue);
        else
            BindNumber(context, values.FirstValue);
        return Task.CompletedTask;
    }

    private static void BindId(ModelBindingContext context, string? text)
    {
        if (ScalarText.TryParseUuid(text, out var id))
            context.Result = ModelBindingResult.Success(id);
        else
            Refuse(context, "is not a UUID, such as 3736f10f-0b6c-7d9e-8a51-1f0c2d3e4f50.");
    }

    private static void BindNumber(ModelBindingContext context, string? text)
    {
        if (ScalarText.TryParseNumber(text, out var number))
            context.Result = ModelBindingResult.Success(number);
        else
            Refuse(context, $"is not a whole number of at most {int.MaxValue}.");
    }

    private static void Refuse(ModelBindingContext context, string message)
    {
        context.ModelState.TryAddModelError(context.ModelName, message);
        context.Result = ModelBindingResult.Failed();
    }
}
