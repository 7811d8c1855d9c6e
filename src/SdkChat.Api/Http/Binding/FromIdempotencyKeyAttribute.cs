using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SdkChat.Api.Http.Binding;

/// <summary>Binds the <c>Idempotency-Key</c> header. MVC's own binder would treat an empty one as missing.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class FromIdempotencyKeyAttribute : FromHeaderAttribute, IBinderTypeProviderMetadata
{
    public const string Header = "Idempotency-Key";

    public FromIdempotencyKeyAttribute() => Name = Header;

    public Type BinderType => typeof(IdempotencyKeyBinder);
}
