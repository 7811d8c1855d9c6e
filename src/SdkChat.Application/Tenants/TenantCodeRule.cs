using FluentValidation;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>The rule for a tenant's code as people type it.</summary>
internal static class TenantCodeRule
{
    public static IRuleBuilderOptions<T, string> TenantCode<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(text => Domain.Tenants.TenantCode.TryParse(text, out _)).WithMessage(
            $"A tenant's name is 1 to {Domain.Tenants.TenantCode.MaxLength} letters a-z, digits and inner hyphens, and neither admin nor api.");

    /// <summary>The code in a text that the rule above has let through.</summary>
    public static TenantCode Parse(string text) =>
        Domain.Tenants.TenantCode.TryParse(text, out var code) ? code : throw new ArgumentException("Not validated.", nameof(text));
}
