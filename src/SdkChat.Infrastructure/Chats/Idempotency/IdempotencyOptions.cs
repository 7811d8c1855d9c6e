using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Chats.Idempotency;

/// <summary>How long wishes that were carried out are remembered (section <c>Idempotency</c>).</summary>
public sealed record IdempotencyOptions
{
    public const string Section = "Idempotency";

    /// <summary>Hours during which a retry with the same key gets the first answer again. The contract says a day.</summary>
    [Range(1, 24 * 30)]
    public int KeepHours { get; init; } = 24;
}
