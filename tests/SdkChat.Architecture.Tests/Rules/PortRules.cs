using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using SdkChat.Application.Chats;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Architecture.Tests.Rules;

/// <summary>How ports, handlers and controllers look.</summary>
internal static class PortRules
{
    /// <summary>Ports whose methods name a chat or a profile, but do not begin with whose it is.</summary>
    public static IEnumerable<string> TenantNotFirst(IEnumerable<Type> types) =>
        from port in types
        where port.IsInterface
        from method in port.GetMethods()
        let parameters = method.GetParameters()
        where parameters.Any(parameter => IsTenantData(parameter.ParameterType)) && parameters[0].ParameterType != typeof(TenantId)
        select $"{port.Name}.{method.Name}";

    /// <summary>Handlers that do not live beside their request, or that other code could call without MediatR.</summary>
    public static IEnumerable<string> HandlersOutOfPlace(IEnumerable<Type> types) =>
        from handler in types
        where handler.IsClass && handler.Name.EndsWith("Handler", StringComparison.Ordinal)
        let contract = handler.GetInterfaces()
            .FirstOrDefault(contract => contract.Name.StartsWith("IRequestHandler", StringComparison.Ordinal))
        where contract is not null
        let request = contract.GetGenericArguments()[0]
        where handler.IsPublic || !handler.IsSealed || request.IsNested || request.Namespace != handler.Namespace
            || !UseCaseNames(handler).Contains(request.Name)
        select handler.FullName;

    private static string[] UseCaseNames(Type handler)
    {
        var useCase = handler.Name[..^"Handler".Length];
        return [useCase, useCase + "Query", useCase + "Command"];
    }

    /// <summary>Actions that nobody decided who may call.</summary>
    public static IEnumerable<string> ActionsOpenToAnybody(IEnumerable<Type> types) =>
        from controller in types
        where typeof(ControllerBase).IsAssignableFrom(controller)
        from action in controller.GetMethods()
        where action.GetCustomAttributes<HttpMethodAttribute>().Any()
        where !controller.GetCustomAttributes<AuthorizeAttribute>().Concat(action.GetCustomAttributes<AuthorizeAttribute>())
            .Any(attribute => attribute.Policy is not null)
        select $"{controller.Name}.{action.Name}";

    /// <summary>Controllers that reach past MediatR for a port of the application.</summary>
    public static IEnumerable<string> ControllersWithPorts(IEnumerable<Type> types) =>
        from controller in types
        where typeof(ControllerBase).IsAssignableFrom(controller)
        from parameter in controller.GetConstructors().SelectMany(constructor => constructor.GetParameters())
        where parameter.ParameterType.IsInterface && parameter.ParameterType.Assembly == Codebase.Application
        select $"{controller.Name}({parameter.ParameterType.Name})";

    private static bool IsTenantData(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(ChatId) || plain == typeof(ProfileId) || plain == typeof(ProfileSessionId) || plain == typeof(Chat)
            || plain == typeof(ChatFilter);
    }
}
