using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SdkChat.Proxies.Tests.Rig;

/// <summary>A certificate that we made ourselves, in the files that proxies want.</summary>
internal sealed class Certificate : IDisposable
{
    private readonly X509Certificate2 _certificate;

    public Certificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sdkchat.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("*.aika.life");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        (Chain, Key, Both) = (Path.Combine(folder, "chain.pem"), Path.Combine(folder, "key.pem"), Path.Combine(folder, "both.pem"));
        File.WriteAllText(Chain, _certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Both, $"{_certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }

    public string Chain { get; }

    public string Key { get; }

    public string Both { get; }

    /// <summary>Whether a server has shown this one and no other.</summary>
    public bool Is(X509Certificate? shown) => shown?.GetCertHashString() == _certificate.GetCertHashString();

    public void Dispose() => _certificate.Dispose();
}
