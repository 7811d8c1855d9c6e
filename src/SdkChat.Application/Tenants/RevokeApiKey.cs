using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>
/// Revokes a key permanently, on every node within 5 s. A key that is already revoked keeps its instant. Returns the key after the change.
/// </summary>
/// <param name="Key">The key's prefix as a list shows it. An operator may also name the whole key.</param>
/// <param name="Tenant">The tenant that must own the key; null for an operator, who may revoke the keys of all tenants.</param>
public sealed record RevokeApiKeyCommand(string Key, TenantId? Tenant = null) : IRequest<ApiKeyListItem>
{
    /// <summary>Omits <see cref="Key"/>: it may be a whole key.</summary>
    public override string ToString() => nameof(RevokeApiKeyCommand);
}

internal sealed class RevokeApiKeyValidator : AbstractValidator<RevokeApiKeyCommand>
{
    /// <summary>For operators only. For a tenant, a text that is not a prefix of one of its keys is an unknown key.</summary>
    public RevokeApiKeyValidator() =>
        RuleFor(command => command.Key)
            .Must(key => key.StartsWith("osk_", StringComparison.Ordinal) && !key.Any(char.IsControl))
            .When(command => command.Tenant is null)
            .OverridePropertyName("prefix")
            .WithMessage("must begin with osk_, as the list of keys shows it.");
}

internal sealed class RevokeApiKeyHandler(ITenantRepository tenants, IApiKeyRepository keys, TimeProvider clock)
    : IRequestHandler<RevokeApiKeyCommand, ApiKeyListItem>
{
    public async Task<ApiKeyListItem> Handle(RevokeApiKeyCommand request, CancellationToken cancellationToken)
    {
        var isOperator = request.Tenant is null;
        var prefix = isOperator && SdkKey.TryParse(request.Key, out var whole) ? whole.Prefix : request.Key;
        if (!SdkKey.TryParsePrefix(prefix, out var code))
            throw NotFound(isOperator);

        // The prefix names the tenant, so every statement that revokes a key also names its tenant.
        var tenant = request.Tenant ?? (await tenants.FindAsync(code, cancellationToken))?.Id ?? throw NotFound(isOperator);
        return await keys.RevokeAsync(tenant, prefix, clock.Now(), cancellationToken) ?? throw NotFound(isOperator);
    }

    private static NotFoundException NotFound(bool isOperator) =>
        isOperator ? NotFoundException.ApiKeyOfOperator() : NotFoundException.ApiKey();
}
