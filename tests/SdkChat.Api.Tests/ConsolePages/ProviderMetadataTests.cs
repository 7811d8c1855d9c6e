using System.Text.Json;
using SdkChat.Api.ConsolePages.Session;

namespace SdkChat.Api.Tests.ConsolePages;

/// <summary>The addresses in a provider's metadata.</summary>
public sealed class ProviderMetadataTests
{
    private const string Address = "https://login.example/.well-known/openid-configuration";

    private static readonly string[] Required = ["authorization_endpoint", "token_endpoint", "jwks_uri"];
    private static readonly string[] Optional = ["pushed_authorization_request_endpoint", "end_session_endpoint", "revocation_endpoint"];

    private static IEnumerable<string> Names => [.. Required, .. Optional];

    [TestCaseSource(nameof(Names))]
    public async Task Metadata_WithAnAddressWithoutHttps_IsRefusedByName(string name)
    {
        foreach (var value in new[]
        {
            "http://login.example/x", "/x", "x", "//login.example/x", "ftp://login.example/x", "javascript:alert(1)", "file:///x",
        })
            (await ReadAsync(requireHttps: true, name, value)).Should().Be($"its {name} is not an address with https", value);
    }

    [TestCaseSource(nameof(Names))]
    public async Task Metadata_InDevelopment_MayHaveHttp(string name)
    {
        (await ReadAsync(requireHttps: false, name, "http://login.example/x")).Should().BeNull();
        (await ReadAsync(requireHttps: false, name, "/x")).Should().Be($"its {name} is not an address with https");
    }

    [TestCaseSource(nameof(Names))]
    public async Task Metadata_WithoutAnAddress_IsRefusedIfASignInNeedsIt(string name)
    {
        foreach (var value in new[] { null, "" })
            (await ReadAsync(requireHttps: true, name, value))
                .Should().Be(Required.Contains(name) ? $"its {name} is not an address with https" : null);
    }

    /// <returns>Why the metadata is refused; null if it is not.</returns>
    private static async Task<string?> ReadAsync(bool requireHttps, string name, string? value)
    {
        var metadata = Names.ToDictionary(each => each, each => $"https://login.example/{each}");
        metadata.Remove(name);
        if (value is not null)
            metadata[name] = value;
        using var client = new HttpClient(new OneDocument(JsonSerializer.Serialize(metadata)));
        try
        {
            await new ProviderMetadata(Address, client, requireHttps).GetDocumentAsync(Address, default);
            return null;
        }
        catch (InvalidOperationException refusal)
        {
            return refusal.Message;
        }
    }

    private sealed class OneDocument(string text) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent(text) });
    }
}
