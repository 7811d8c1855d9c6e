using FluentValidation;
using MediatR;

namespace SdkChat.Application.Common.Behaviours;

/// <summary>
/// Runs a request's validators before its handler, for HTTP and for the command line. MVC validates paging earlier, during model binding.
/// </summary>
/// <exception cref="ValidationException">At least one rule is broken. The handler has not run.</exception>
public sealed class ValidationBehaviour<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
{
    private readonly IValidator<TRequest>[] _validators = [.. validators];

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        _validators.Length == 0 ? next() : ValidateAsync(request, cancellationToken, next);

    private async Task<TResponse> ValidateAsync(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in _validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            if (!result.IsValid)
                throw new ValidationException(result.Errors);
        }

        return await next();
    }
}
