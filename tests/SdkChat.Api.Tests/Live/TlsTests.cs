using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>Over TLS no byte may go past it: a stream must be readable, and that is all a reader can see.</summary>
public sealed class TlsTests(bool direct) : OverBothOutputs(direct)
{
    private readonly Rows _rows = new(SharedApi.ConnectionString);

    private TestCertificate _certificate = null!;

    [OneTimeSetUp]
    public void MakeCertificate() => _certificate = TestCertificate.Create();

    [OneTimeTearDown]
    public void RemoveCertificate() => _certificate.Dispose();

    [TestCase("1.1")]
    [TestCase("2.0")]
    public async Task Stream_OverTls_IsReadable(string version)
    {
        var tenant = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");
        await using var api = await StartAsync(
            ("Kestrel:Endpoints:Tls:Url", "https://127.0.0.1:0"), ("Kestrel:Endpoints:Tls:Certificate:Path", _certificate.File),
            ("Kestrel:Endpoints:Tls:Certificate:Password", TestCertificate.Password));
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == TestCertificate.Subject,
            },
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.BaseAddress, StreamSocket.Path))
        {
            Version = Version.Parse(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", api.TenantToken(tenant)) },
        };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var events = SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();
        (await NextAsync(events)).Should().Be("ready");
        await _rows.EventAsync(tenant, tenant, tenant, "chat_completed");
        (await NextAsync(events)).Should().Be("chat_completed");
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        (await events.MoveNextAsync().AsTask().WaitAsync(Deadlines.Soon)).Should().BeTrue();
        return events.Current.EventType;
    }
}
