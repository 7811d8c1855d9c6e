using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>Makes an SDK key. The answer is the only time that the key is shown.</summary>
/// <param name="Tenant">Whose key it is.</param>
/// <param name="ExpiresInDays">When the key stops working by itself, from 1 to <see cref="MaxDays"/>; null for never.</param>
public sealed record CreateApiKeyCommand(TenantReference Tenant, int? ExpiresInDays = null) : IRequest<CreatedApiKey>
{
    /// <summary>Ten years: whoever wants longer wants no expiry.</summary>
    public const int MaxDays = 3650;

    /// <summary>Characters of a name, after trimming.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Keys of one tenant that are active or were made within a day, beyond which callers of the API get no more.</summary>
    public const int MaxPerTenant = 100;

    /// <summary>The lifetimes in days that callers of the API choose from.</summary>
    public static IReadOnlyList<int> ListedDays { get; } = [7, 14, 30, 60, 90, 180, 365];

    /// <summary>What people call the key; null for no name.</summary>
    public string? Name { get; init; }

    /// <summary>Whether a caller of the API asks, whose key has a listed lifetime and counts against <see cref="MaxPerTenant"/>. Operators are not limited.</summary>
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
            .OverridePropertyName("expires_in_days").WithMessage($"must be {string.Join(", ", CreateApiKeyCommand.ListedDays)}, or null for a key that does not expire.");
    }
}

/// <summary>A key that was just made.</summary>
/// <param name="ExpiresAt">From when on it is refused; null for never.</param>
public sealed record CreatedApiKey(SdkKey Key, DateTimeOffset? ExpiresAt)
{
    /// <summary>What people call it; null for no name.</summary>
    public string? Name { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class CreateApiKeyHandler(ITenantRegistry tenants, IApiKeyRegistry keys, TimeProvider clock)
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
            : throw new SdkChatException(ErrorCode.TooManyKeys, $"The tenant has {most} keys that are active or were created within a day. Revoke keys that are not used, or wait.");
    }
}
