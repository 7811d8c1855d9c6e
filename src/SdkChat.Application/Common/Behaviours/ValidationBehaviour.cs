using FluentValidation;
using MediatR;

namespace SdkChat.Application.Common.Behaviours;

/// <summary>
/// Runs a request's validators before its handler, for HTTP and the command line alike. MVC validates paging before,
/// where it binds it.
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
