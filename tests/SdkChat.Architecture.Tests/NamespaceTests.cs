using System.Reflection;
using SdkChat.Architecture.Tests.Rules;

namespace SdkChat.Architecture.Tests;

/// <summary>Namespaces inside an assembly form no cycle: each can be understood after those that it depends on.</summary>
public sealed class NamespaceTests
{
    private static readonly Assembly[] Assemblies =
    [
        Codebase.Domain, Codebase.Application, Codebase.Infrastructure, Codebase.Api,
        typeof(SdkChat.Development.Hosting.DevelopmentHost).Assembly,
    ];

    [TestCaseSource(nameof(Assemblies))]
    public void Namespaces_OfAnAssembly_FormNoCycle(Assembly assembly) =>
        string.Join(Environment.NewLine, NamespaceRules.Cycles(assembly)).Should().BeEmpty();

    [Test]
    public void Cycles_DeliberateViolation_IsFound() =>
        NamespaceRules.Cycles(Codebase.Violations)
            .Should().Contain(edge => edge.Contains(nameof(Violations.Cycle.First), StringComparison.Ordinal))
            .And.Contain(edge => edge.Contains(nameof(Violations.Cycle.Inner.Second), StringComparison.Ordinal));
}
