using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SdkChat.Api.Http.Binding;

/// <summary>Puts <see cref="StrictScalarBinder"/> before MVC's own for every id and number that is not in a body.</summary>
internal sealed class StrictScalarBinderProvider : IModelBinderProvider
{
    private static readonly StrictScalarBinder Binder = new();

    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.UnderlyingOrModelType == typeof(Guid) || context.Metadata.UnderlyingOrModelType == typeof(int)
            ? Binder
            : null;
}
