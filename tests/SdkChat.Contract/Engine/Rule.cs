using System.Reflection;

namespace SdkChat.Contract.Engine;

/// <summary>One rule of the contract and how to see whether a service keeps it.</summary>
internal sealed record Rule(string Id, string Says, Needs Needs, bool IsLong, Func<Service, Task> CheckAsync)
{
    /// <summary>By section, then as they stand in their files.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        .. from type in typeof(Rule).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static)
           let attribute = method.GetCustomAttribute<RuleAttribute>()
           where attribute is not null
           orderby attribute.Id[0], type.Name, method.MetadataToken
           select new Rule(attribute.Id, attribute.Says, attribute.Needs, attribute.IsLong, method.CreateDelegate<Func<Service, Task>>()),
    ];

    /// <summary>The section of the contract that it is from.</summary>
    public int Section => Id[0] - '0';

    /// <summary>Those that these name, each by its id or with its whole section; all where there are no names.</summary>
    public static IReadOnlyList<Rule> Named(IReadOnlyList<string> names) =>
        names.Count == 0
            ? All
            : [.. All.Where(rule => names.Any(
                name => rule.Id == name || rule.Section.ToString(System.Globalization.CultureInfo.InvariantCulture) == name))];
}
