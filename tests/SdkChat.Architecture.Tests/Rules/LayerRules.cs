using System.Reflection;
using NetArchTest.Rules;

namespace SdkChat.Architecture.Tests.Rules;

/// <summary>Which layer may touch what. Every rule answers with the names of those who break it.</summary>
internal static class LayerRules
{
    public static readonly string[] Web = ["Microsoft.AspNetCore"];
    public static readonly string[] Storage = ["Npgsql", "Dapper"];

    public static IEnumerable<string> DependingOn(Assembly assembly, params string[] forbidden) =>
        Types.InAssembly(assembly).ShouldNot().HaveDependencyOnAny(forbidden).GetResult().FailingTypeNames ?? [];

    public static IEnumerable<string> PackagesOf(Assembly assembly) =>
        from reference in assembly.GetReferencedAssemblies()
        where !reference.Name!.StartsWith("System", StringComparison.Ordinal)
        select reference.Name;
}
