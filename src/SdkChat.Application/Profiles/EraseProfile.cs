using System.Text;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Profiles;

/// <summary>
/// Erases a person on a tenant's order: the profile, whether deleted or not, its chats with prompts and results, its sessions, and all
/// other rows that were stored because of them. A run in progress cannot store its result afterwards. It cannot be undone.
/// </summary>
/// <exception cref="ValidationException">
/// The confirmation is neither the person's name nor the profile's id. Nothing was erased.
/// </exception>
public sealed record EraseProfileCommand(TenantReference Tenant, ProfileId Profile) : IRequest<Erasure?>
{
    /// <summary>
    /// What the caller typed to confirm: the person's name or the profile's id. Null if the caller was asked in another way.
    /// </summary>
    public string? Confirmation { get; init; }

    /// <summary>Omits <see cref="Confirmation"/>, which may be a person's name.</summary>
    public override string ToString() => $"{nameof(EraseProfileCommand)} {{ Tenant = {Tenant}, Profile = {Profile} }}";
}

internal sealed class EraseProfileHandler(ITenantRepository tenants, IErasures erasures, TimeProvider clock)
    : IRequestHandler<EraseProfileCommand, Erasure?>
{
    public async Task<Erasure?> Handle(EraseProfileCommand request, CancellationToken cancellationToken)
    {
        var tenant = await tenants.GetAsync(request.Tenant, cancellationToken);
        if (request.Confirmation is { } typed && !await IsConfirmedAsync(tenant, request.Profile, typed, cancellationToken))
            throw new ValidationException([new ValidationFailure("confirm", "must be the name of the person or the id of the profile.")]);
        return await erasures.EraseAsync(tenant.Id, request.Profile, clock.Now(), cancellationToken);
    }

    /// <summary>
    /// A profile that does not exist (any more) needs no confirmation, so that a repeated call gets the same response whatever was typed.
    /// </summary>
    private async Task<bool> IsConfirmedAsync(Tenant tenant, ProfileId profile, string typed, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(typed.Trim(), out var id) && id == profile.Value)
            return true;

        // Storage has no such text, so no name has it.
        if (!IsStorable(typed))
            return false;
        var names = await erasures.CompareNameAsync(tenant.Id, profile, typed, cancellationToken);
        return names is null || names.IsSame;
    }

    /// <summary>EnumerateRunes returns an unpaired surrogate as U+FFFD.</summary>
    private static bool IsStorable(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || rune.Value == 0)
                return false;
        }

        return true;
    }
}
