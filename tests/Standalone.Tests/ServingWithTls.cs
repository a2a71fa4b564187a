using System.Net;
using System.Net.Http.Headers;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Grpc.Net.Client;

namespace FaultMaven.Standalone.Tests;

public sealed class ServingWithTls : IDisposable
{
    private readonly MadeCertificate _certificate = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fm-tls-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_gRPC_and_JSON_at_an_https_address()
    {
        var options = new StandaloneOptions
        {
            DataDirectory = _directory.FullName,
            Address = new Uri("https://127.0.0.1:0"),
            Settings = _certificate.Settings,
        };
        await using var host = await StandaloneHost.StartAsync(options, Cancel);
        var address = new Uri(host.Addresses.Single(address => address.StartsWith("https://", StringComparison.Ordinal)));
        var token = await File.ReadAllTextAsync(options.TokenFile, Cancel);

        using var http = new HttpClient(_certificate.CreateHandler(), disposeHandler: true) { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var channel = GrpcChannel.ForAddress(
            address, new GrpcChannelOptions { HttpHandler = _certificate.CreateHandler(), DisposeHttpClient = true });
        var opened = await new SessionService.SessionServiceClient(channel).CreateCaseAsync(
            new(), new Metadata { { "authorization", $"Bearer {token}" } }, cancellationToken: Cancel);
        using var read = await http.GetAsync(new Uri($"/v1/{opened.Name}", UriKind.Relative), Cancel);
        using var plain = new HttpClient(new SocketsHttpHandler(), disposeHandler: true);

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync(new Uri($"http://{address.Authority}/v1/cases"), Cancel));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _directory.Delete(recursive: true);
    }
}
