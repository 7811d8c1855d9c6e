using YamlDotNet.RepresentationModel;

namespace SdkChat.Architecture.Tests.Deployment;

/// <summary>The deployment files, read as what will read them does.</summary>
internal static class Manifests
{
    public static string Folder { get; } = Path.Combine(Codebase.Root, "deploy");

    public static IReadOnlyList<YamlNode> Kubernetes { get; } =
        [.. Directory.GetFiles(Path.Combine(Folder, "kubernetes"), "*.yaml").Order(StringComparer.Ordinal).SelectMany(Documents)];

    public static YamlNode Compose { get; } = Documents(Path.Combine(Folder, "compose", "compose.yaml")).Single();

    public static YamlNode Prometheus { get; } = Documents(Path.Combine(Folder, "prometheus", "prometheus.yaml")).Single();

    public static string Dockerfile { get; } = File.ReadAllText(Path.Combine(Codebase.Root, "Dockerfile"));

    public static YamlNode OfKind(string kind) => Kubernetes.Single(document => document.Text("kind") == kind);

    /// <summary>The one container of a deployment or a job.</summary>
    public static YamlNode Container(this YamlNode workload) => workload.At("spec", "template", "spec", "containers").Items().Single();

    /// <summary>The number of a container's port.</summary>
    public static string Port(this YamlNode container, string name) =>
        container.At("ports").Items().Single(port => port.Text("name") == name).Text("containerPort");

    /// <summary>What stands at the end of a path.</summary>
    public static YamlNode At(this YamlNode node, params string[] path) =>
        path.Aggregate(node, (at, name) => ((YamlMappingNode)at).Children[new YamlScalarNode(name)]);

    public static string Text(this YamlNode node, params string[] path) => ((YamlScalarNode)node.At(path)).Value!;

    public static int Number(this YamlNode node, params string[] path) =>
        int.Parse(node.Text(path).TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture);

    public static IEnumerable<YamlNode> Items(this YamlNode node) => ((YamlSequenceNode)node).Children;

    public static IReadOnlyDictionary<string, YamlNode> Members(this YamlNode node) =>
        ((YamlMappingNode)node).Children.ToDictionary(member => ((YamlScalarNode)member.Key).Value!, member => member.Value);

    internal static IEnumerable<YamlNode> Documents(string path)
    {
        using var reader = new StringReader(File.ReadAllText(path));
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }
}
