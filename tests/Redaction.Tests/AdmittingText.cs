using FaultMaven.Protos.Errors.V1;
using FaultMaven.Redaction.Api;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Redaction.Tests;

/// <summary>How much text unary calls hold in memory at the same time.</summary>
public sealed class AdmittingText
{
    private static readonly string s_text = new('x', 3 * 1024 * 1024);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Makes_large_texts_wait_for_their_turn_and_refuses_them_when_too_many_wait()
    {
        using var admission = new TextAdmission();
        var admitted = new Stack<IDisposable>();
        for (var i = 0; i < 10; i++)
        {
            admitted.Push(await admission.EnterAsync([s_text], Cancel));
        }

        var waiting = Enumerable.Range(0, 21).Select(_ => admission.EnterAsync([s_text], Cancel)).ToList();
        var fault = await Assert.ThrowsAnyAsync<RpcException>(() => admission.EnterAsync([s_text], Cancel));
        var areWaiting = waiting.TrueForAll(entry => !entry.IsCompleted);
        admitted.Pop().Dispose();
        using var first = await waiting[0];

        Assert.Equal((StatusCode.ResourceExhausted, ErrorReason.Overloaded), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.True(areWaiting);
    }

    [Fact]
    public async Task Lets_short_texts_in_next_to_them()
    {
        using var admission = new TextAdmission();
        using var large = await admission.EnterAsync([s_text], Cancel);

        using var small = await admission.EnterAsync(["short", ""], Cancel);

        Assert.NotNull(small);
    }
}
