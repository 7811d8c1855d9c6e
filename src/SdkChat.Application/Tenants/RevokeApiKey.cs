using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>
/// Ends a key for good, on every node within 5 s. A key that was revoked before keeps that instant. Returns the key as it is now.
/// </summary>
/// <param name="Key">The key's prefix as a list shows it. An operator may also name the whole key.</param>
/// <param name="Tenant">Whose key it must be; null for an operator, who may revoke the keys of all tenants.</param>
public sealed record RevokeApiKeyCommand(string Key, TenantId? Tenant = null) : IRequest<ApiKeyListItem>
{
    /// <summary>Without the key: it may be a whole one.</summary>
    public override string ToString() => nameof(RevokeApiKeyCommand);
}

internal sealed class RevokeApiKeyValidator : AbstractValidator<RevokeApiKeyCommand>
{
    /// <summary>For an operator alone: to a tenant, whatever is no prefix of one of its keys is as unknown as another's.</summary>
    public RevokeApiKeyValidator() =>
        RuleFor(command => command.Key)
            .Must(key => key.StartsWith("osk_", StringComparison.Ordinal) && !key.Any(char.IsControl)).When(command => command.Tenant is null)
            .OverridePropertyName("prefix")
            .WithMessage("must begin with osk_, as the list of keys shows it.");
}

internal sealed class RevokeApiKeyHandler(ITenantRegistry tenants, IApiKeyRegistry keys, TimeProvider clock) : IRequestHandler<RevokeApiKeyCommand, ApiKeyListItem>
{
    public async Task<ApiKeyListItem> Handle(RevokeApiKeyCommand request, CancellationToken cancellationToken)
    {
        var isOperator = request.Tenant is null;
        var prefix = isOperator && SdkKey.TryParse(request.Key, out var whole) ? whole.Prefix : request.Key;
        if (!SdkKey.TryParsePrefix(prefix, out var code))
            throw NotFound(isOperator);

        // The prefix names the tenant, so that no statement revokes a key without saying whose it is.
        var tenant = request.Tenant ?? (await tenants.FindAsync(code, cancellationToken))?.Id ?? throw NotFound(isOperator);
        return await keys.RevokeAsync(tenant, prefix, clock.Now(), cancellationToken) ?? throw NotFound(isOperator);
    }

    private static NotFoundException NotFound(bool isOperator) => isOperator ? NotFoundException.ApiKeyOfOperator() : NotFoundException.ApiKey();
}
