using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// Uses <see cref="StrictScalarBinder"/> instead of MVC's own for every id, number, text and cursor in the path or the query.
/// </summary>
internal sealed class StrictScalarBinderProvider : IModelBinderProvider
{
    private static readonly StrictScalarBinder Binder = new();

    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.BindingInfo.BindingSource != BindingSource.Header && StrictScalarBinder.CanBind(context.Metadata.UnderlyingOrModelType) ? Binder : null;
}
