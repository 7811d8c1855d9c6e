using System.Text.RegularExpressions;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.CSharp;

/// <summary>
/// The analyzer fails the build where a public member of the .NET client is missing from PublicAPI.Shipped.txt and PublicAPI.Unshipped.txt,
/// or is listed there and gone. It accepts a removal that is declared; this does not.
/// </summary>
public sealed partial class PublicApiTests
{
    private static readonly string Folder = Repository.Path("clients/csharp/SdkChat.Client");

    [Test]
    public void Unshipped_TakesNothingFromTheReleased() =>
        File.ReadAllText(Path.Combine(Folder, "PublicAPI.Unshipped.txt")).Should().StartWith("#nullable enable").And.NotContain(
            "*REMOVED*", "code that uses the last release must compile: CONTRIBUTING.md, \"Compatibility\"");

    [Test]
    public void Shipped_ListsThePublicTypes() =>
        File.ReadAllLines(Path.Combine(Folder, "PublicAPI.Shipped.txt"))
            .Concat(File.ReadAllLines(Path.Combine(Folder, "PublicAPI.Unshipped.txt")))
            .Should().Contain(typeof(SdkChatClient).Assembly.GetExportedTypes().Select(type => type.FullName!));

    [Test]
    public void Project_FailsOnWhatIsGone() =>
        Analyzer().IsMatch(File.ReadAllText(Path.Combine(Folder, "SdkChat.Client.csproj"))).Should().BeTrue();

    /// <summary>What the README calls by name is there.</summary>
    [Test]
    public void Readme_Names_AreMembers()
    {
        var known = typeof(SdkChatClient).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMembers().Select(member => member.Name).Append(type.Name))
            .Concat([typeof(SdkChatClient).Namespace!, nameof(IAsyncEnumerable<int>)]).ToHashSet();

        Named().Matches(File.ReadAllText(Path.Combine(Folder, "README.md"))).Select(name => name.Groups[1].Value)
            .Should().NotBeEmpty().And.BeSubsetOf(known);
    }

    [GeneratedRegex("`([A-Z][a-zA-Z]*[a-z][a-zA-Z]*)`")]
    private static partial Regex Named();

    [GeneratedRegex("""<PackageReference Include="Microsoft\.CodeAnalysis\.PublicApiAnalyzers" PrivateAssets="all" />""")]
    private static partial Regex Analyzer();
}
