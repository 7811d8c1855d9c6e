using System.Text.Json;
using System.Text.Json.Nodes;
using SdkChat.TestSupport;
using SdkChat.TestSupport.Documents;

namespace SdkChat.Client.Tests.Documents;

/// <summary>The OpenAPI document before a strict linter: Spectral, with the rules in <c>docs/lint/spectral.yaml</c>.</summary>
public sealed class OpenApiLintTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private NodeFolder _lint = null!;

    [OneTimeSetUp]
    public async Task PrepareAsync() => _lint = await NodeFolder.PrepareAsync("docs/lint");

    [Test]
    public async Task Document_BeforeTheLinter_IsClean()
    {
        var (code, output) = await LintAsync(ApiDocument.File);

        code.Should().Be(0, output);
    }

    /// <summary>A linter that finds nothing may not have looked: one fault of each kind that our own rules are about.</summary>
    [Test]
    public async Task Document_WithFaults_IsNot()
    {
        var document = await FewPathsAsync();
        var faulty = Path.Combine(_lint.Folder, "faulty.json");
        await File.WriteAllTextAsync(faulty, document
            .Replace("\"operationId\": \"getChat\"", "\"operationId\": \"get_chat\"", StringComparison.Ordinal)
            .Replace("\"summary\": \"List the tenants, by code.\"", "\"summary\": \"list the tenants\"", StringComparison.Ordinal)
            .Replace("\"name\": \"tenant_id\"", "\"name\": \"tenantId\"", StringComparison.Ordinal)
            .Replace("\"last_error\": {", "\"lastError\": {", StringComparison.Ordinal)
            .Replace("\"429\": {", "\"428\": {", StringComparison.Ordinal)
            .Replace("\"Retry-After\": {", "\"Retry-Later\": {", StringComparison.Ordinal)
            .Replace("\"WWW-Authenticate\": {", "\"WWW\": {", StringComparison.Ordinal)
            .Replace("\"X-Request-Id\": {", "\"X-Request\": {", StringComparison.Ordinal)
            .Replace(
                "\"examples\": {\n              \"CHAT_NOT_FOUND\"", "\"x-examples\": {\n              \"CHAT_NOT_FOUND\"",
                StringComparison.Ordinal)
            .Replace("\"total\": 234", "\"total\": \"234\"", StringComparison.Ordinal));

        var (code, output) = await LintAsync(faulty);

        code.Should().NotBe(0);
        output.Should().ContainAll(
            "sdkchat-operation-id", "sdkchat-summary", "sdkchat-parameter-name", "sdkchat-member-name", "sdkchat-failures",
            "sdkchat-retry-after", "sdkchat-challenge", "sdkchat-headers", "sdkchat-codes", "oas3-valid-media-example");
    }

    /// <summary>The document with the paths that get the faults alone: the linter takes seconds for all of them.</summary>
    private static async Task<string> FewPathsAsync()
    {
        var document = JsonNode.Parse(await File.ReadAllTextAsync(ApiDocument.File))!;
        var paths = document["paths"]!.AsObject();
        foreach (var path in paths.Select(path => path.Key)
            .Except(["/api/v1/sdk-chat/{chat_id}", "/api/v1/admin/tenants", "/api/v1/admin/sdk-chat"]).ToList())
            paths.Remove(path);
        return document.ToJsonString(Indented);
    }

    private Task<(int Code, string Output)> LintAsync(string file) =>
        _lint.RunAsync("spectral", "lint", file, "--ruleset", "spectral.yaml", "--fail-severity", "hint");
}
