using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SdkChat.Architecture.Tests.Settings;

/// <summary>What the sources say of their members, from the documentation that the compiler writes beside the assemblies.</summary>
internal sealed partial class Documentation(IEnumerable<Assembly> assemblies)
{
    private readonly Dictionary<string, XElement> _members = assemblies
        .Select(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")))
        .SelectMany(document => document.Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value, member => member);

    /// <summary>The summary as one line of Markdown; empty where there is none.</summary>
    public string Of(PropertyInfo property) =>
        _members.GetValueOrDefault($"P:{property.DeclaringType!.FullName!.Replace('+', '.')}.{property.Name}")?.Element("summary")
        is { } summary
            ? Blank().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal)
            : "";

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => other.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
