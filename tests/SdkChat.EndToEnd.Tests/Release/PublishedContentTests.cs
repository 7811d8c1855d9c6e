using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;

namespace SdkChat.EndToEnd.Tests.Release;

/// <summary>The publish output has the service and the operator's verbs, and nothing of the development program.</summary>
public sealed class PublishedContentTests
{
    private const string Development = "SdkChat.Development";

    private static string[] Files => [.. Directory.GetFiles(Publication.Folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Publication.Folder, file))];

    [Test]
    public void Files_NameNothingOfDevelopment() =>
        Files.Should().Contain("SdkChat.Api.dll").And.NotContain(file => file.Contains("Development", StringComparison.OrdinalIgnoreCase));

    [Test]
    public void Dependencies_NameNoDevelopmentProgram() =>
        File.ReadAllText(Path.Combine(Publication.Folder, "SdkChat.Api.deps.json"))
            .Should().Contain("SdkChat.Infrastructure").And.NotContain(Development);

    /// <summary>By simple name too, so that a copy under another namespace is found.</summary>
    [Test]
    public void Types_OfTheDevelopmentProgram_AreInNoPublishedAssembly()
    {
        var development = Types(typeof(SdkChat.Development.Hosting.DevelopmentHost).Assembly.Location).Select(type => type.Name)
            .Where(IsOwn).ToHashSet();
        var published = Files.Where(
            file => file.StartsWith("SdkChat.", StringComparison.Ordinal) && file.EndsWith(".dll", StringComparison.Ordinal))
            .SelectMany(file => Types(Path.Combine(Publication.Folder, file))).ToArray();

        development.Should().Contain(
            [
                "EmbeddedPostgresServer", "Seeder", "DemoPipeline", "DemoShopper", "DemoScenario", "LocalCluster", "DevelopmentTokens",
                "SignInLinks",
            ]);
        published.Should().Contain(type => type.Name == "ApiHost").And.Contain(type => type.Name == "SchemaMigrator");
        published.Where(type => type.Namespace.StartsWith(Development, StringComparison.Ordinal) || development.Contains(type.Name))
            .Should().BeEmpty();
    }

    [Test]
    public async Task Help_ListsTheOperatorsVerbsOnly()
    {
        var help = await SdkChatProgram.RunAsync(Publication.Program, ["help"]);

        help.Output[help.Output.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0])
            .Should().Equal("up", "migrate", "tenant", "apikey", "repair", "erase", "openapi", "version", "help");
    }

    [TestCase("token backoffice")]
    [TestCase("seed --tenant demo")]
    [TestCase("sign-in")]
    [TestCase("demo")]
    [TestCase("up --nodes 3")]
    public async Task Verb_OfDevelopment_IsAUsageError(string arguments) =>
        (await SdkChatProgram.RunAsync(Publication.Program, arguments.Split(' '))).ShouldFailInOneLine(2, "*Try: SdkChat.Api.dll*--help");

    [TestCase("Development")]
    [TestCase("Production")]
    public async Task Up_WithoutSettings_NamesTheMissingOnesInOneLine(string environment) =>
        (await SdkChatProgram.RunAsync(Publication.Program, ["up"], ("ASPNETCORE_ENVIRONMENT", environment))).ShouldFailInOneLine(
            1,
            $"In {environment} these must be set: ConnectionStrings__SdkChat; "
                + "*Authentication__Tenant*Authentication__Backoffice*Pipeline__BaseUrl.");

    [Test]
    public async Task Verb_WithoutADatabase_NamesTheSetting() =>
        (await SdkChatProgram.RunAsync(Publication.Program, ["tenant", "list"])).ShouldFailInOneLine(1, "*ConnectionStrings__SdkChat*");

    /// <summary>Without what the compiler adds to every assembly, and the entry point.</summary>
    private static bool IsOwn(string name) =>
        !name.Contains('<', StringComparison.Ordinal)
        && name is not ("Program" or "EmbeddedAttribute" or "RefSafetyRulesAttribute" or "NullableAttribute" or "NullableContextAttribute");

    private static IEnumerable<(string Namespace, string Name)> Types(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => type.GetDeclaringType().IsNil)
            .Select(type => (metadata.GetString(type.Namespace), metadata.GetString(type.Name)))];
    }
}
