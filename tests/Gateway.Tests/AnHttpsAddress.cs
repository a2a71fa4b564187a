using System.Net;
using System.Net.Http.Headers;
using FaultMaven.Tests.Shared;

namespace FaultMaven.Gateway.Tests;

public sealed class AnHttpsAddress
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Takes_both_protocols(string version)
    {
        using var certificate = new MadeCertificate();
        await using var redis = await RedisServer.StartAsync(Cancel);
        var (gateway, address, log) = await SystemBehindAGateway.StartGatewayAsync(
            redis,
            _ => "http://127.0.0.1:1",
            [("ASPNETCORE_URLS", "https://127.0.0.1:0"), .. certificate.Settings.Select(setting => (setting.Key, setting.Value!))]);
        try
        {
            using var http = new HttpClient(certificate.CreateHandler(), disposeHandler: true)
            {
                BaseAddress = address,
                DefaultRequestVersion = Version.Parse(version),
                DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
                DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", SystemBehindAGateway.Token) },
            };

            using var answer = await http.GetAsync(new Uri("/v1/apiKeys", UriKind.Relative), Cancel);

            Assert.Equal((HttpStatusCode.OK, "https"), (answer.StatusCode, address.Scheme));
        }
        finally
        {
            await SystemBehindAGateway.EndAsync(gateway, log);
        }
    }
}
