using System.Collections;
using System.Reflection;

namespace SdkChat.Infrastructure.Common;

/// <summary>The settings that the service has, by name. Names are compared without regard to case, as the configuration does.</summary>
internal sealed class KnownSettings
{
    private const string ConnectionStrings = "ConnectionStrings";

    /// <summary>Names that the service reads without options.</summary>
    private static readonly string[] Others =
    [
        $"{ConnectionStrings}:SdkChat", $"{ConnectionStrings}:SdkChatMigrations", $"{ConnectionStrings}:Redis",
        $"{ConnectionStrings}:HistoryStandby",
    ];

    /// <summary>
    /// Parts of the service's sections that belong to .NET, or to several programs: nothing is known about their other names.
    /// </summary>
    private static readonly string[] Foreign = ["Authentication:Schemes", "Authentication:DefaultScheme", ConnectionStrings];

    private readonly HashSet<string> _values = new(Others, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _lists = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _sections = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="sections">Those of all options.</param>
    /// <param name="renamed">Former names, which are still accepted.</param>
    public KnownSettings(IEnumerable<SettingsSection> sections, IEnumerable<string> renamed)
    {
        foreach (var section in sections)
        {
            _sections.Add(section.Name.Split(':')[0]);
            Add(section.Name, section.Options);
        }

        _sections.Add(ConnectionStrings);
        _values.UnionWith(renamed);
    }

    /// <summary>Whether the first part of a name is a section of the service.</summary>
    public bool IsSection(string root) => _sections.Contains(root);

    public bool IsSimilarToSection(string root) => SimilarName.Find(root, _sections) is not null;

    public static bool IsForeign(string name) =>
        Array.Exists(
            Foreign,
            part =>
                name.Equals(part, StringComparison.OrdinalIgnoreCase) || name.StartsWith(part + ':', StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the name is a setting, an entry of a list, whatever its key, or a list or a part without content.</summary>
    public bool IsKnown(string name, string? value) =>
        _values.Contains(name)
        || (name.LastIndexOf(':') is > 0 and var end && _lists.Contains(name[..end]))
        || (string.IsNullOrEmpty(value)
            && _values.Concat(_lists).Any(known => known.StartsWith(name + ':', StringComparison.OrdinalIgnoreCase)));

    /// <summary>The setting that an unknown name probably stands for; of a list, its first entry. Null if none is similar.</summary>
    public string? FindSimilar(string name)
    {
        var isEntry = name.LastIndexOf(':') is > 0 and var end && name[(end + 1)..].All(char.IsAsciiDigit);
        var found = SimilarName.Find(isEntry ? name[..name.LastIndexOf(':')] : name, _values.Concat(_lists));
        return found is not null && _lists.Contains(found) ? $"{found}:0" : found;
    }

    private void Add(string prefix, Type options)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            var name = $"{prefix}:{property.Name}";
            if (property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
                _lists.Add(name);
            else if (property.PropertyType.IsClass && property.PropertyType != typeof(string))
                Add(name, property.PropertyType);
            else
                _values.Add(name);
        }
    }
}
