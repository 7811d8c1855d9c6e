using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SdkChat.TestSupport;

/// <summary>A certificate that is valid for a day, in a file that Kestrel takes.</summary>
public sealed class TestCertificate : IDisposable
{
    public const string Password = "test";
    public const string Subject = "CN=localhost";

    private TestCertificate(string file) => File = file;

    public string File { get; }

    public static TestCertificate Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var file = Path.GetTempFileName();
        System.IO.File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, Password));
        return new TestCertificate(file);
    }

    public void Dispose() => System.IO.File.Delete(File);
}
