using FluentValidation;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SdkChat.Api.Http.Binding;

/// <summary>Uses <see cref="QueryObjectBinder{T}"/> for every object that an action takes from the query.</summary>
internal sealed class QueryObjectBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        var type = context.Metadata.ModelType;
        if (context.BindingInfo.BindingSource != BindingSource.Query || !context.Metadata.IsComplexType || StrictScalar.CanParse(type))
            return null;

        var validator = context.Services.GetService(typeof(IValidator<>).MakeGenericType(type));
        return (IModelBinder)Activator.CreateInstance(typeof(QueryObjectBinder<>).MakeGenericType(type), context.Metadata, validator)!;
    }
}
