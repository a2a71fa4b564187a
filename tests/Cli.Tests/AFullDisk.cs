namespace FaultMaven.Cli.Tests;

public sealed class AFullDisk : IDisposable
{
    private readonly Fm _fm = new();

    [Theory]
    [InlineData("redact", "app.log")]
    [InlineData("logs", "templates", "app.log", "--json")]
    [InlineData("case", "list", "--json")]
    public async Task Is_reported_in_one_sentence_with_exit_code_6(params string[] arguments)
    {
        _fm.File("app.log", "2026-03-11T14:00:01Z INFO hello\n");

        var result = await _fm.RunOnFullDiskAsync(arguments);

        Assert.Contains("No space left", result.FailedWith(6), StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();
}
