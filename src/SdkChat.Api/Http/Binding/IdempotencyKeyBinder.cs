using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SdkChat.Api.Http.Binding;

/// <inheritdoc cref="FromIdempotencyKeyAttribute"/>
internal sealed class IdempotencyKeyBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext context)
    {
        var header = context.HttpContext.Request.Headers[FromIdempotencyKeyAttribute.Header];
        if (header.Count > 1)
            context.ModelState.TryAddModelError(FromIdempotencyKeyAttribute.Header, "is given more than once.");
        else
            context.Result = ModelBindingResult.Success(header.Count == 0 ? null : header[0]);
        return Task.CompletedTask;
    }
}
