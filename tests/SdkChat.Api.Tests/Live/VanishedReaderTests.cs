using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>Readers whose network is gone: no FIN, no RST, only silence.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class VanishedReaderTests(bool direct) : OverBothOutputs(direct)
{
    private readonly Rows _rows = new(SharedApi.ConnectionString);

    private LossyAddress _address = null!;
    private TestCertificate _certificate = null!;
    private Guid _tenant;

    [OneTimeSetUp]
    public void Begin()
    {
        if (LossyAddress.Obstacle is { } obstacle)
            Assert.Ignore(obstacle);
        _certificate = TestCertificate.Create();
    }

    [OneTimeTearDown]
    public void End() => _certificate?.Dispose();

    [SetUp]
    public async Task PrepareAsync()
    {
        _address = LossyAddress.Create();
        _tenant = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");
    }

    [TearDown]
    public void Disconnect() => _address.Dispose();

    [TestCase("http", "1.1")]
    [TestCase("https", "1.1")]
    [TestCase("https", "2.0")]
    public async Task Reader_ThatVanishes_IsFoundByTwoPings(string scheme, string version)
    {
        await using var api = await StartAsync(scheme, ("Live:PingSeconds", "1"));
        using var client = NewClient();
        using var vanishing = await OpenAsync(client, api, version, "someone");
        await using var staying = await LiveReader.OpenAsync(SharedApi.Api, _tenant);

        _address.DropAll();

        await api.UntilEndedAsync(_tenant, "unresponsive");
        api.Logs.Entries.Should().NotContain(entry => entry.Level >= LogLevel.Error);
    }

    /// <summary>Long before the pings would tell: a dashboard that changes networks must not be refused over its own past.</summary>
    [Test]
    public async Task Reader_ThatComesBackAtTheLimit_ReplacesItsOwnSilentStream()
    {
        await using var api = await StartAsync("http", ("Live:PingSeconds", "300"), ("Live:MaxStreamsPerTenant", "1"));
        using var client = NewClient();
        using var vanishing = await OpenAsync(client, api, "1.1", "hanako");
        _address.DropAll();
        await _rows.EventAsync(_tenant, _tenant, _tenant, "chat_completed");

        using var back = new HttpClient();
        (await StatusAsync(back, api, "taro")).Should().Be(HttpStatusCode.TooManyRequests);
        await Eventually.TrueAsync(async () => await StatusAsync(back, api, "hanako") == HttpStatusCode.OK);

        await api.UntilEndedAsync(_tenant, "replaced");
    }

    private Task<TestApi> StartAsync(string scheme, params (string Name, string Value)[] settings)
    {
        (string, string)[] certificate = scheme == "http" ? [] :
        [
            ("Kestrel:Endpoints:Far:Certificate:Path", _certificate.File),
            ("Kestrel:Endpoints:Far:Certificate:Password", TestCertificate.Password),
        ];
        return StartAsync([("Kestrel:Endpoints:Far:Url", $"{scheme}://127.0.0.1:0"), .. certificate, .. settings]);
    }

    private HttpClient NewClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (context, cancellationToken) => new NetworkStream(
            await ConnectAsync(context.DnsEndPoint.Port, cancellationToken), ownsSocket: true),
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == TestCertificate.Subject },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private async Task<Socket> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(_address.Address, 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return socket;
    }

    private async Task<HttpStatusCode> StatusAsync(HttpClient client, TestApi api, string subject)
    {
        using var response = await OpenAsync(client, api, "1.1", subject, isRefusable: true);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> OpenAsync(
        HttpClient client, TestApi api, string version, string subject, bool isRefusable = false)
    {
        var claims = TestTokens.TenantClaims(_tenant, TimeProvider.System.GetUtcNow());
        claims["sub"] = subject;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.BaseAddress, StreamSocket.Path))
        {
            Version = new Version(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.Hs256(claims, TestTokens.TenantSecret)) },
        };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!isRefusable)
            response.StatusCode.Should().Be(HttpStatusCode.OK);
        return response;
    }
}
