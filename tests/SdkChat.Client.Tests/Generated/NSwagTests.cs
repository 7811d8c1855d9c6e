using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using SdkChat.Client.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.Generated;

/// <summary>
/// A client that NSwag generates from the OpenAPI document, as tenants' teams do, plays the life of a chat with the service. It sends the
/// literal <c>null</c> for a body that is left out.
/// </summary>
public sealed class NSwagTests
{
    private static readonly TimeSpan Deadline = Deadlines.Program;

    [Test]
    public async Task Client_OfTheDocument_PlaysTheLifeOfAChat()
    {
        await using var shop = await Shop.OpenAsync();
        using var app = new HttpClient { BaseAddress = shop.Address };
        app.DefaultRequestHeaders.Add("X-API-KEY", await shop.KeyAsync());
        using var admin = new HttpClient { BaseAddress = shop.Address };
        admin.DefaultRequestHeaders.Add("Authorization", $"Bearer {shop.Token}");
        var play = Compile(await GenerateAsync()).GetType("Generated.LifeOfAChat")!.GetMethod("PlayAsync")!;
        using var deadline = new CancellationTokenSource(Deadline);

        var told = await (Task<IReadOnlyDictionary<string, string>>)play.Invoke(null, [app, admin, deadline.Token])!;

        told.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["tenant"] = "demo",
            ["age"] = "32",
            ["retried"] = "True",
            ["completed"] = "Completed True",
            ["triggered without a body"] = "True True",
            ["triggered with items"] = "1",
            ["detail"] = "Kim Minji 32 True",
            ["listed"] = "1",
            ["history"] = "1",
            ["ended"] = "True",
            ["deleted"] = "404 True",
        });
    }

    private static async Task<string> GenerateAsync()
    {
        var document = await OpenApiDocument.FromJsonAsync(await File.ReadAllTextAsync(Repository.Path("docs/openapi.json")));
        var settings = new CSharpClientGeneratorSettings { ClassName = "SdkChatApi", UseBaseUrl = false };
        settings.CSharpGeneratorSettings.Namespace = "Generated";
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
        return new CSharpClientGenerator(document, settings).GenerateFile();
    }

    private static Assembly Compile(string client)
    {
        var play = File.ReadAllText(Repository.Path("tests/SdkChat.Client.Tests/Generated/LifeOfAChat.cs"));
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal));
        var compilation = CSharpCompilation.Create(
            "Generated",
            new[] { client, play }.Select(text => CSharpSyntaxTree.ParseText(text)),
            platform.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        using var image = new MemoryStream();
        compilation.Emit(image).Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).Should().BeEmpty();
        return Assembly.Load(image.ToArray());
    }
}
