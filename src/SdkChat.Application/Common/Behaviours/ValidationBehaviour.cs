using FluentValidation;
using MediatR;

namespace SdkChat.Application.Common.Behaviours;

/// <summary>
/// Runs a request's validators before its handler, for HTTP and for the command line. Paging is validated earlier, when it is bound.
/// </summary>
/// <exception cref="ValidationException">At least one rule is broken. The handler has not run.</exception>
public sealed class ValidationBehaviour<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
{
    private readonly IValidator<TRequest>[] _validators = [.. validators];

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in _validators)
        {
            // No rule is asynchronous.
            var result = validator.Validate(request);
            if (!result.IsValid)
                throw new ValidationException(result.Errors);
        }

        return next();
    }
}
