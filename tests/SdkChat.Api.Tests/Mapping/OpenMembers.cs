using System.Collections;
using System.Reflection;

namespace SdkChat.Api.Tests.Mapping;

/// <summary>Members of a type that can hold the type itself, at any depth, or anything at all.</summary>
internal static class OpenMembers
{
    private const BindingFlags Instance = BindingFlags.Public | BindingFlags.Instance;

    public static IEnumerable<string> Find(Type type) => Find(type, []);

    private static IEnumerable<string> Find(Type type, Type[] above)
    {
        Type[] here = [.. above, type];
        foreach (var (name, declared) in MembersOf(type))
        {
            var member = ElementOf(declared);
            if (IsOpen(declared) || IsOpen(member) || here.Any(member.IsAssignableFrom))
                yield return $"{type.Name}.{name}";
            else if (HasMembersOfInterest(member))
            {
                foreach (var open in Find(member, here))
                    yield return open;
            }
        }
    }

    private static IEnumerable<(string Name, Type Type)> MembersOf(Type type) =>
        type.GetProperties(Instance).Where(property => property.GetIndexParameters().Length == 0)
            .Select(property => (property.Name, property.PropertyType))
            .Concat(type.GetFields(Instance).Select(field => (field.Name, field.FieldType)));

    /// <summary>A list of things is as open as the things in it; a string is no list of characters.</summary>
    private static Type ElementOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return value;
        if (type == typeof(string))
            return type;
        var items = type.GetInterfaces().Append(type)
            .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return items?.GetGenericArguments()[0] ?? type;
    }

    private static bool IsOpen(Type type) =>
        type == typeof(object) || (type.IsInterface && ElementOf(type) == type) || IsDictionary(type);

    private static bool IsDictionary(Type type) =>
        typeof(IDictionary).IsAssignableFrom(type)
        || type.GetInterfaces().Append(type).Any(one => one.IsGenericType
            && (one.GetGenericTypeDefinition() == typeof(IDictionary<,>)
                || one.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)));

    /// <summary>The runtime's own values (text, numbers, instants) are closed; the mutable JSON tree contains itself.</summary>
    private static bool HasMembersOfInterest(Type type) =>
        !type.IsEnum && !type.IsPrimitive
        && (type.Assembly != typeof(object).Assembly || type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true);
}
