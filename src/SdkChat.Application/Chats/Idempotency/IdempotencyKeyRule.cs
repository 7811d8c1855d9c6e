using FluentValidation;

namespace SdkChat.Application.Chats.Idempotency;

/// <summary>Validates the optional idempotency key.</summary>
internal static class IdempotencyKeyRule
{
    public static IRuleBuilderOptions<T, string?> IsIdempotencyKey<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(key => key is null or { Length: >= 1 and <= IdempotentRequest.MaxKeyLength } && key?.Contains('\0') != true)
            .OverridePropertyName("idempotency-key")
            .WithMessage($"must be 1 to {IdempotentRequest.MaxKeyLength} characters long.");
}
