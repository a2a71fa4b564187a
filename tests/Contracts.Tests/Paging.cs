using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Paging;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Contracts.Tests;

public sealed class Paging
{
    [Fact]
    public void Gives_back_the_key_that_a_token_was_made_of()
    {
        var token = PageOf(new ListMessagesRequest { Parent = "cases/1", PageSize = 2 }).NextToken("2026-03-02T10:00:00Z", "ä |1", "-5");

        var next = PageOf(new ListMessagesRequest { Parent = "cases/1", PageSize = 3, PageToken = token });

        Assert.False(next.IsFirst);
        Assert.Equal(("2026-03-02T10:00:00Z", "ä |1", -5), (next.Text(0), next.Text(1), next.Number(2)));
    }

    [Theory]
    [InlineData("made-up")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    [InlineData("%%%")]
    public void Refuses_tokens_that_nothing_gave_out(string token) =>
        AssertRefused(new ListMessagesRequest { Parent = "cases/1", PageToken = token });

    [Fact]
    public void Refuses_tokens_of_other_requests()
    {
        var token = PageOf(new ListMessagesRequest { Parent = "cases/1" }).NextToken(7);

        AssertRefused(new ListMessagesRequest { Parent = "cases/2", PageToken = token });
        AssertRefused(new ListCaseEventsRequest { Parent = "cases/1", PageToken = token });
        AssertRefused(new ListMessagesRequest { Parent = "cases/1", PageToken = token[..^2] });
    }

    [Theory]
    [InlineData(0, 50)]
    [InlineData(7, 7)]
    [InlineData(1_000, 200)]
    public void Bounds_the_size(int requested, int size) =>
        Assert.Equal(size, PageOf(new ListMessagesRequest { PageSize = requested }).Size);

    private static KeysetPage PageOf(IMessage request) => KeysetPage.Of(request, @default: 50, max: 200);

    private static void AssertRefused(IMessage request) =>
        Assert.Equal(ErrorReason.InvalidPageToken, RpcFault.ReasonOf(Assert.ThrowsAny<RpcException>(() => PageOf(request))));
}
