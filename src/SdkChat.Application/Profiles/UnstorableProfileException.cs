using FluentValidation;
using FluentValidation.Results;

namespace SdkChat.Application.Profiles;

/// <summary>The document is a JSON object that storage cannot hold. Nothing was changed.</summary>
public sealed class UnstorableProfileException()
    : ValidationException(
        [new ValidationFailure("", "cannot be stored: it has \\u0000, half a surrogate pair, or a number or a depth beyond all bounds.")]);
