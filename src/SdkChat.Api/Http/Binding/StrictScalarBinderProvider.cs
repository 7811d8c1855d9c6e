using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SdkChat.Api.Http.Binding;

/// <summary>Puts <see cref="StrictScalarBinder"/> before MVC's own for every id, number and text in the path or the query.</summary>
internal sealed class StrictScalarBinderProvider : IModelBinderProvider
{
    private static readonly StrictScalarBinder Binder = new();

    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.BindingInfo.BindingSource != BindingSource.Header && IsScalar(context.Metadata.UnderlyingOrModelType) ? Binder : null;

    private static bool IsScalar(Type type) => type == typeof(Guid) || type == typeof(int) || type == typeof(string);
}
