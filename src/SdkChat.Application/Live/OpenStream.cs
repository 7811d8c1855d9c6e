using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>Opens a stream of the tenant's events.</summary>
/// <param name="Subject">The subject of the caller's credential; null if it has none.</param>
/// <param name="AcceptedUntil">When the caller's credential stops being accepted, and the stream ends; null for never.</param>
public sealed record OpenStreamCommand(TenantId Tenant, string? Subject, DateTimeOffset? AcceptedUntil) : IRequest<ILiveStream>
{
    /// <summary>The key that signed the caller's credential; null if it cannot be withdrawn. Withdrawing the key ends the stream.</summary>
    public string? SignedBy { get; init; }

    /// <summary>
    /// The kinds that the stream carries, as <see cref="LiveEventNames"/>, separated by commas; null for <see cref="LiveEvents.Default"/>.
    /// </summary>
    public string? Events { get; init; }

    /// <summary>Only this profile's events; null for all. A profile of another tenant has none.</summary>
    public ProfileId? Profile { get; init; }

    /// <summary>
    /// Whether the tenant was read, is enabled and matches the host. False if it could not be read: the stream then sends <c>retry</c> and
    /// ends.
    /// </summary>
    public bool IsTenantVerified { get; init; } = true;
}

internal sealed class OpenStreamValidator : AbstractValidator<OpenStreamCommand>
{
    public OpenStreamValidator() =>
        RuleFor(command => command.Events).Must(names => names is null || LiveEventNames.TryParse(names, out _))
            .OverridePropertyName("events")
            .WithMessage($"takes any of {string.Join(", ", LiveEventNames.All)}, separated by commas.");
}

internal sealed class OpenStreamHandler(ILiveStreams streams, ITenantCache tenants, IBlockCache blocks)
    : IRequestHandler<OpenStreamCommand, ILiveStream>
{
    public async Task<ILiveStream> Handle(OpenStreamCommand request, CancellationToken cancellationToken)
    {
        if (!request.IsTenantVerified)
            return streams.OpenRetryOnly(request.Tenant);

        var stream = streams.Open(request.Tenant, FilterOf(request), request.AcceptedUntil, request.Subject, request.SignedBy);
        try
        {
            // The tenant may have been disabled after authentication and before the hub had the stream, so the worker that ends
            // the streams of disabled tenants may have missed it. A second check, after registration, closes the gap.
            if (await tenants.FindAsync(request.Tenant, cancellationToken) is not { Enabled: true })
            {
                stream.End(StreamEndReason.TenantDisabled);
                throw new SdkChatException(ErrorCode.TenantDisabled, "The tenant is disabled.");
            }

            // The same applies to a user who was blocked meanwhile.
            if (request.Subject is not { } subject || !await blocks.IsBlockedAsync(request.Tenant, subject, cancellationToken))
                return stream;

            stream.End(StreamEndReason.Blocked);
            throw new SdkChatException(ErrorCode.Blocked, "The user is blocked.");
        }
        catch (UnavailableException)
        {
            // The stream has queued ready, which the caller may not get. It is replaced before any byte of it is sent.
            stream.End(StreamEndReason.Unavailable);
            stream.Dispose();
            return streams.OpenRetryOnly(request.Tenant);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static StreamFilter FilterOf(OpenStreamCommand request) =>
        new(request.Events is { } names && LiveEventNames.TryParse(names, out var events) ? events : LiveEvents.Default, request.Profile);
}
