using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>Creates an SDK key. The whole key is returned only here.</summary>
/// <param name="Tenant">The owner of the key.</param>
/// <param name="ExpiresInDays">The lifetime in days, from 1 to <see cref="MaxDays"/>; null for no expiry.</param>
public sealed record CreateApiKeyCommand(TenantReference Tenant, int? ExpiresInDays = null) : IRequest<CreatedApiKey>
{
    /// <summary>Ten years. A key that must last longer needs no expiry.</summary>
    public const int MaxDays = 3650;

    /// <summary>The maximum length of a name in characters, after trimming.</summary>
    public const int MaxNameLength = 100;

    /// <summary>
    /// The maximum number of a tenant's keys that are active or were created within a day. It applies to callers of the API.
    /// </summary>
    public const int MaxPerTenant = 100;

    /// <summary>The lifetimes in days that callers of the API may choose.</summary>
    public static IReadOnlyList<int> ListedDays { get; } = [7, 14, 30, 60, 90, 180, 365];

    /// <summary>The display name; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Whether the limits for callers of the API apply: a listed lifetime and <see cref="MaxPerTenant"/>. They do not apply to operators.
    /// </summary>
    public bool IsLimited { get; init; }
}

internal sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKeyCommand>
{
    public CreateApiKeyValidator()
    {
        RuleFor(command => command.Name).Must(name => name is null || NameRule.IsValid(name, CreateApiKeyCommand.MaxNameLength))
            .OverridePropertyName("name").WithMessage(NameRule.Message(CreateApiKeyCommand.MaxNameLength));
        RuleFor(command => command.ExpiresInDays).InclusiveBetween(1, CreateApiKeyCommand.MaxDays).When(command => !command.IsLimited)
            .OverridePropertyName("expires-in").WithMessage($"must be 1 to {CreateApiKeyCommand.MaxDays} days.");
        RuleFor(command => command.ExpiresInDays)
            .Must(days => days is not { } number || CreateApiKeyCommand.ListedDays.Contains(number)).When(command => command.IsLimited)
            .OverridePropertyName("expires_in_days")
            .WithMessage($"must be {string.Join(", ", CreateApiKeyCommand.ListedDays)}, or null for a key that does not expire.");
    }
}

/// <summary>A new SDK key.</summary>
/// <param name="ExpiresAt">From this instant the key is refused; null for never.</param>
public sealed record CreatedApiKey(SdkKey Key, DateTimeOffset? ExpiresAt)
{
    /// <summary>The display name; null for none.</summary>
    public string? Name { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class CreateApiKeyHandler(ITenantRepository tenants, IApiKeyRepository keys, TimeProvider clock)
    : IRequestHandler<CreateApiKeyCommand, CreatedApiKey>
{
    public async Task<CreatedApiKey> Handle(CreateApiKeyCommand request, CancellationToken cancellationToken)
    {
        var tenant = await tenants.GetAsync(request.Tenant, cancellationToken);
        var now = clock.Now();
        var created = new CreatedApiKey(SdkKey.Create(tenant.Code), request.ExpiresInDays is { } days ? now.AddDays(days) : null)
        {
            Name = request.Name?.Trim(),
            CreatedAt = now,
        };
        int? most = request.IsLimited ? CreateApiKeyCommand.MaxPerTenant : null;
        return await keys.AddAsync(tenant.Id, created, most, cancellationToken)
            ? created
            : throw new SdkChatException(
                ErrorCode.TooManyKeys,
                $"The tenant has {most} keys that are active or were created within a day. Revoke keys that are not used, or wait.");
    }
}
