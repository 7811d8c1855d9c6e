using System.Text;
using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>
/// Refuses a tenant's user and ends the user's streams, on every node within 5 s. If the user is already blocked, the block gets the new
/// end and reason.
/// </summary>
/// <param name="Until">Null if the caller names no instant.</param>
/// <param name="By">The caller's subject, from the token.</param>
public sealed record BlockSubjectCommand(TenantId Tenant, string Subject, DateTimeOffset? Until, string Reason, string? By)
    : IRequest<BlockedSubject>;

/// <param name="IsNew">False if the user was already blocked.</param>
public sealed record BlockedSubject(Block Block, bool IsNew);

internal sealed class BlockSubjectHandler(IBlockRepository blocks, TimeProvider clock)
    : IRequestHandler<BlockSubjectCommand, BlockedSubject>
{
    public async Task<BlockedSubject> Handle(BlockSubjectCommand request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var block = new Block(
            Guid.CreateVersion7(now), request.Tenant, request.Subject, request.Until!.Value, request.Reason.Trim(), now, request.By);
        var (stored, isNew) = await blocks.SetAsync(request.Tenant, block, cancellationToken) ?? throw NotFoundException.Tenant();
        return new BlockedSubject(stored, isNew);
    }
}

internal sealed class BlockSubjectValidator : AbstractValidator<BlockSubjectCommand>
{
    public BlockSubjectValidator(TimeProvider clock)
    {
        RuleFor(command => command.Subject).Must(IsSubject).OverridePropertyName("subject")
            .WithMessage(
                $"must be 1 to {Block.MaxSubjectLength} characters without control characters, as the lists of streams "
                + "and of audit entries show it.");
        RuleFor(command => command.Until).NotNull().OverridePropertyName("until")
            .WithMessage("must be an instant with its offset, such as 2026-04-23T05:28:08Z.");
        RuleFor(command => command.Until).Must(until => until is null || until > clock.GetUtcNow()).OverridePropertyName("until")
            .WithMessage("must lie in the future.");
        RuleFor(command => command.Reason).Must(reason => NameRule.IsValid(reason, Block.MaxReasonLength)).OverridePropertyName("reason")
            .WithMessage(NameRule.Message(Block.MaxReasonLength));
    }

    private static bool IsSubject(string subject)
    {
        var length = 0;
        foreach (var rune in subject.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || ++length > Block.MaxSubjectLength)
                return false;
        }

        return !string.IsNullOrWhiteSpace(subject);
    }
}
