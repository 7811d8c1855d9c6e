using System.Collections;
using System.Globalization;
using System.Reflection;

namespace SdkChat.Architecture.Tests.Settings;

/// <summary>Every setting that the options classes have: those that name their section.</summary>
internal static class SettingsCatalogue
{
    private static readonly Documentation Documentation = new([Codebase.Infrastructure, Codebase.Api]);

    public static IReadOnlyList<Setting> Read() =>
    [
        .. (from type in Codebase.Infrastructure.GetTypes().Concat(Codebase.Api.GetTypes())
            let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
            where section is not null
            from prefix in Prefixes(type, section)
            from setting in Read(type, Activator.CreateInstance(type)!, prefix)
            select setting).OrderBy(setting => setting.Name, StringComparer.Ordinal),
    ];

    /// <summary>Options that exist several times, under a name each, list the names.</summary>
    private static IEnumerable<string> Prefixes(Type type, string section) =>
        type.GetField("Names", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is IEnumerable<string> names
            ? names.Select(name => $"{section}:{name}")
            : [section];

    private static IEnumerable<Setting> Read(Type type, object instance, string prefix)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.CanWrite))
        {
            var (name, value) = ($"{prefix}:{property.Name}", property.GetValue(instance));
            if (IsNested(property.PropertyType))
            {
                foreach (var inner in Read(property.PropertyType, value!, name))
                    yield return inner;
            }
            else
            {
                yield return new Setting(IsList(property.PropertyType) ? $"{name}:0…" : name, Default(value), Meaning(property));
            }
        }
    }

    private static string Meaning(PropertyInfo property)
    {
        var meaning = Documentation.Of(property);
        return property.GetCustomAttribute<System.ComponentModel.DataAnnotations.RangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{meaning} ({range.Minimum} to {range.Maximum})")
            : meaning;
    }

    private static string Default(object? value) => value switch
    {
        null or "" => "–",
        bool truth => truth ? "`true`" : "`false`",
        string text => $"`{text}`",
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(Default)) is { Length: > 0 } items ? items : "none",
        _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };

    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static bool IsNested(Type type) =>
        type.IsClass && type.Assembly.GetName().Name!.StartsWith("SdkChat.", StringComparison.Ordinal);
}
