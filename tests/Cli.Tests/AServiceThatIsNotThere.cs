namespace FaultMaven.Cli.Tests;

public sealed class AServiceThatIsNotThere : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Is_reported_in_one_sentence_with_exit_code_4()
    {
        var result = await _fm.RunAsync("case", "list", "--server", "http://127.0.0.1:1");

        Assert.Contains("refused", result.FailedWith(4), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_one_whose_data_folder_cannot_be_made()
    {
        var result = await _fm.RunAsync("case", "list", "--data-dir", Path.Combine(_fm.File("a-file", "x"), "data"));

        Assert.Contains("data folder", result.FailedWith(6), StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();
}
