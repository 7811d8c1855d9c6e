using System.Text.Json.Serialization;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Profiles;

/// <summary>One visit of a shopper.</summary>
/// <param name="EndedAt">Only in the response to the call that ends the session.</param>
/// <param name="Stamps">
/// Only in the response to the call that ends the session, and only if it has stamps; in the order in which they were set.
/// </param>
public sealed record SessionResponse(
    Guid SessionId,
    Guid ProfileId,
    DateTimeOffset StartedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EndedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SessionStampResponse>? Stamps = null)
{
    internal static SessionResponse From(ProfileSession session) =>
        new(session.Session.Value, session.Profile.Value, session.StartedAt, session.EndedAt,
            session.Stamps.Count == 0
                ? null
                : [.. session.Stamps.Select(stamp => new SessionStampResponse(stamp.Status, stamp.Meta, stamp.StampedAt))]);
}

/// <summary>A stamp of a session.</summary>
/// <param name="Status">The status, which the app defines.</param>
/// <param name="Meta">The app's object, unchanged to the byte; null if there is none.</param>
public sealed record SessionStampResponse(string Status, RawJson? Meta, DateTimeOffset StampedAt);

/// <summary>The stamp that was set.</summary>
public sealed record StampedSessionResponse(Guid SessionId, Guid ProfileId, string Status, DateTimeOffset StampedAt);

/// <summary>A stamp to set on the active session.</summary>
public sealed class StampSessionRequest
{
    /// <summary>1 to 40 characters of <c>A-Z0-9_</c>. The app defines their meaning.</summary>
    public string? Status { get; init; }

    /// <summary>A JSON object of at most 4 KiB.</summary>
    public RawJson? Meta { get; init; }
}
