using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>Sets a stamp on the profile's active session.</summary>
/// <param name="Meta">A JSON object of at most 4 KiB; null for none.</param>
public sealed record StampSessionCommand(TenantId Tenant, ProfileId Profile, string? Status, RawJson? Meta) : IRequest<StampedSession>;

/// <summary>The session, and the stamp that was set on it.</summary>
public sealed record StampedSession(ProfileSessionId Session, ProfileId Profile, SessionStamp Stamp);

internal sealed class StampSessionHandler(IProfileSessions sessions, TimeProvider clock)
    : IRequestHandler<StampSessionCommand, StampedSession>
{
    public async Task<StampedSession> Handle(StampSessionCommand request, CancellationToken cancellationToken)
    {
        var stamp = new SessionStamp(request.Status!, request.Meta, clock.Now());
        var outcome = await sessions.StampAsync(request.Tenant, request.Profile, stamp, cancellationToken);
        if (!outcome.ProfileExists)
            throw NotFoundException.Profile();
        if (outcome.IsFull)
            throw new SdkChatException(
                ErrorCode.PayloadTooLarge,
                $"The session has {IProfileSessions.MaxStamps} stamps, which is the limit. End it and start another one.");
        return outcome.Session is { } session
            ? new StampedSession(session, request.Profile, stamp with { StampedAt = outcome.StampedAt })
            : throw new SdkChatException(ErrorCode.NoActiveSession, "The profile has no active session: start one first.");
    }
}

internal sealed partial class StampSessionValidator : AbstractValidator<StampSessionCommand>
{
    private const int MaxMetaBytes = 4 * 1024;

    public StampSessionValidator()
    {
        RuleFor(command => command.Status).Must(status => status is not null && Status().IsMatch(status))
            .WithMessage("must be 1 to 40 characters of A-Z, 0-9 and _.");
        RuleFor(command => command.Meta).Must(meta => meta is not { } sent || IsSmallObject(sent.Utf8.Span))
            .WithMessage($"must be a JSON object of at most {MaxMetaBytes / 1024} KiB.");
    }

    /// <remarks>The value is well-formed, so its first byte shows its type.</remarks>
    private static bool IsSmallObject(ReadOnlySpan<byte> json) => json is [(byte)'{', ..] && json.Length <= MaxMetaBytes;

    [GeneratedRegex(@"\A[A-Z0-9_]{1,40}\z")]
    private static partial Regex Status();
}
