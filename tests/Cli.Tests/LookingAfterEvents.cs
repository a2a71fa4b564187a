namespace FaultMaven.Cli.Tests;

public sealed class LookingAfterEvents : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Lists_none_in_a_new_data_folder()
    {
        var result = (await _fm.RunAsync("outbox", "list", "--json")).Succeeded();

        Assert.Empty(result.Json.GetProperty("dead_letters").EnumerateArray());
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("drop")]
    public async Task Refuses_events_that_do_not_exist(string verb)
    {
        (await _fm.RunAsync("outbox", verb, "outboxes/session/deadLetters/0")).FailedWith(5);
        (await _fm.RunAsync("outbox", verb, "cases/0")).FailedWith(2);
    }

    public void Dispose() => _fm.Dispose();
}
