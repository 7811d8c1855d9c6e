using FluentValidation;

namespace SdkChat.Application.Tenants;

/// <summary>The criteria of a list of tenants. A criterion that is null is not applied.</summary>
/// <param name="Name">Part of the code or the name, regardless of case and width.</param>
/// <param name="Ids">Only tenants with these ids.</param>
public sealed record TenantFilter(string? Name = null, IReadOnlyCollection<Guid>? Ids = null)
{
    /// <summary>The maximum number of tenants that a caller may name: as many as a page has.</summary>
    public const int MaxIds = 100;

    /// <summary>The maximum length in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;
}

internal sealed class TenantFilterValidator : AbstractValidator<TenantFilter>
{
    public TenantFilterValidator() =>
        RuleFor(filter => filter.Name)
            .Must(name => name is null || (name.Length is > 0 and <= TenantFilter.MaxNameLength && !name.Any(char.IsControl)))
            .OverridePropertyName("name").WithMessage($"must be 1 to {TenantFilter.MaxNameLength} characters without control characters.");
}
