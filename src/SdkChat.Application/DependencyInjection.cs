using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Common.Behaviours;

namespace SdkChat.Application;

/// <summary>Registers the use cases: handlers, validators and pipeline behaviours.</summary>
public static class DependencyInjection
{
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        services.AddMediatR5();
        services.AddValidatorsFromAssembly(typeof(DependencyInjection).Assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        return services;
    }

    /// <summary>
    /// Registers what MediatR 12's own AddMediatR would register. 5.1.0 is the newest version that can be restored here
    /// (docs/decisions/0002); an upgrade replaces only these lines.
    /// </summary>
    private static void AddMediatR5(this IServiceCollection services)
    {
        // Nothing needs a scope (docs/decisions/0045), so requests share one mediator.
        services.AddSingleton<ServiceFactory>(provider => provider.GetService!);
        services.AddSingleton<IMediator, Mediator>();
        services.AddSingleton(typeof(IPipelineBehavior<,>), typeof(ValidationBehaviour<,>));
        services.Scan(scan => scan
            .FromAssemblies(typeof(DependencyInjection).Assembly)
            .AddClasses(classes => classes.AssignableToAny(typeof(IRequestHandler<,>), typeof(INotificationHandler<>)), publicOnly: false)
            .AsImplementedInterfaces()
            .WithTransientLifetime());
    }
}
