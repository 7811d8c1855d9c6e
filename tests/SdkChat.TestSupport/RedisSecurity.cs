using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SdkChat.TestSupport;

/// <summary>What a Redis asks of its clients: a password, and TLS.</summary>
/// <param name="CertificateFile">Its certificate, which is its own authority, in PEM.</param>
public sealed record RedisSecurity(string Password, string CertificateFile, string KeyFile)
{
    /// <summary>A certificate for 127.0.0.1, for a day.</summary>
    public static RedisSecurity Create(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var security = new RedisSecurity(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), Path.Combine(folder, "redis-certificate.pem"),
            Path.Combine(folder, "redis-key.pem"));
        File.WriteAllText(security.CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(security.KeyFile, key.ExportPkcs8PrivateKeyPem());
        return security;
    }
}
