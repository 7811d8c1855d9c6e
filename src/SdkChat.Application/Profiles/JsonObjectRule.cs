using FluentValidation;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Profiles;

/// <summary>A profile document must be a JSON object. Its members are defined by the tenant.</summary>
internal static class JsonObjectRule
{
    /// <remarks>The value is well-formed, so its first byte shows its type.</remarks>
    public static IRuleBuilderOptions<T, RawJson> IsObject<T>(this IRuleBuilder<T, RawJson> rule) =>
        rule.Must(data => !data.Utf8.IsEmpty && data.Utf8.Span[0] == '{')
            .OverridePropertyName("")
            .WithMessage("must be a JSON object.");
}
