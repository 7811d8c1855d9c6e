using FluentValidation;
using MediatR;

namespace SdkChat.Application.Common.Behaviours;

/// <summary>
/// Runs a request's validators before its handler, whichever door the request came through: HTTP models are validated by
/// MVC too, the command line's are not.
/// </summary>
/// <exception cref="ValidationException">At least one rule is broken; the handler has not run.</exception>
public sealed class ValidationBehaviour<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            if (!result.IsValid)
                throw new ValidationException(result.Errors);
        }

        return await next();
    }
}
