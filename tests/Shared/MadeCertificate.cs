using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FaultMaven.Tests.Shared;

/// <summary>A certificate for 127.0.0.1 that no one trusts, made for a test, in a folder that goes with it.</summary>
public sealed class MadeCertificate : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fm-certificate-");
    private readonly X509Certificate2 _certificate;

    public MadeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=made-up", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now - TimeSpan.FromDays(1), now + TimeSpan.FromDays(1));
        File.WriteAllText(CertificateFile, _certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The settings of a server that has it.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Kestrel:Certificates:Default:Path"] = CertificateFile,
        ["Kestrel:Certificates:Default:KeyPath"] = KeyFile,
    };

    private string CertificateFile => Path.Combine(_directory.FullName, "certificate.pem");

    private string KeyFile => Path.Combine(_directory.FullName, "key.pem");

    /// <summary>Connects to servers that show this certificate, and to no others.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == _certificate.GetCertHashString(),
        },
    };

    public void Dispose()
    {
        _certificate.Dispose();
        _directory.Delete(recursive: true);
    }
}
