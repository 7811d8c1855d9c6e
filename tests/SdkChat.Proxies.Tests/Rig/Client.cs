using System.Net.Security;

namespace SdkChat.Proxies.Tests.Rig;

internal static class Client
{
    /// <summary>Trusts our certificate alone, and is as patient as a stream needs.</summary>
    public static HttpClient New(Certificate certificate) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Is(shown) },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
