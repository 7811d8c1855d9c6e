using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// Uses <see cref="StrictScalarBinder"/> instead of MVC's own for every id, number, text and cursor in the path or the query.
/// </summary>
internal sealed class StrictScalarBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        var type = context.Metadata.UnderlyingOrModelType;
        return context.BindingInfo.BindingSource != BindingSource.Header && StrictScalar.CanParse(type)
            ? new StrictScalarBinder(StrictScalar.Get(type))
            : null;
    }
}
