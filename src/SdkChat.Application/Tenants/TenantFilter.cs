using FluentValidation;

namespace SdkChat.Application.Tenants;

/// <summary>Which tenants; what is null does not count.</summary>
/// <param name="Name">Part of the code or the name, in any case and width.</param>
/// <param name="Ids">Only these.</param>
public sealed record TenantFilter(string? Name = null, IReadOnlyCollection<Guid>? Ids = null)
{
    /// <summary>Tenants that a caller may name at once: as many as a page has.</summary>
    public const int MaxIds = 100;

    /// <summary>In UTF-16 code units.</summary>
    public const int MaxNameLength = 100;
}

internal sealed class TenantFilterValidator : AbstractValidator<TenantFilter>
{
    public TenantFilterValidator() =>
        RuleFor(filter => filter.Name).Must(name => name is null || (name.Length is > 0 and <= TenantFilter.MaxNameLength && !name.Any(char.IsControl)))
            .OverridePropertyName("name").WithMessage($"must be 1 to {TenantFilter.MaxNameLength} characters without control characters.");
}
