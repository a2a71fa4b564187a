using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Google.Protobuf;

namespace FaultMaven.Standalone.Tests;

public sealed class AForgedPlaceholder
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_an_uploaded_log_is_a_value_like_any_other()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        var data = new DataService.DataServiceClient(host.Channel);
        var created = await new SessionService.SessionServiceClient(host.Channel).CreateCaseAsync(
            new() { Title = "Log-in of ann@example.org refused" }, cancellationToken: Cancel);

        var evidence = await data.CreateEvidenceAsync(
            new()
            {
                Parent = created.Name,
                FileName = "app.log",
                Content = ByteString.CopyFromUtf8("ann@example.org logged in\n<EMAIL_ADDRESS_1> logged in\n"),
            },
            cancellationToken: Cancel);

        var read = await data.ReadEvidenceLinesAsync(new() { Name = evidence.Name }, cancellationToken: Cancel);
        Assert.Contains("<EMAIL_ADDRESS_1>", created.Title, StringComparison.Ordinal);
        Assert.Equal(["<EMAIL_ADDRESS_1> logged in", "<LITERAL_1> logged in"], read.Lines);
    }
}
