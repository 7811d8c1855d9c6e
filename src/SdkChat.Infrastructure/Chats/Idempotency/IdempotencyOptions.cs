using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Chats.Idempotency;

/// <summary>Storage of idempotency records (section <c>Idempotency</c>).</summary>
public sealed record IdempotencyOptions
{
    public const string Section = "Idempotency";

    /// <summary>Hours for which a request with a known <c>Idempotency-Key</c> gets the stored response. The contract requires 24.</summary>
    [Range(1, 24 * 30)]
    public int KeepHours { get; init; } = 24;
}
