using System.Diagnostics;

namespace FaultMaven.Cli.Tests;

/// <summary>A run of <c>fm</c> that may not have ended yet. It is killed if the test runs out of patience or ends first.</summary>
public sealed class FmProcess : IDisposable
{
    private readonly Process _process;
    private readonly CancellationTokenSource _patience;
    private readonly LineRecorder _output;
    private readonly LineRecorder _error;

    public FmProcess(Process process, TimeSpan patience)
    {
        _process = process;
        _patience = new CancellationTokenSource(patience);
        _output = new LineRecorder(process.StandardOutput);
        _error = new LineRecorder(process.StandardError);
    }

    public StreamWriter Input => _process.StandardInput;

    /// <summary>Waits for a line on standard output.</summary>
    public Task<string> OutputLineAsync(Func<string, bool> isWanted) => _output.WaitForAsync(isWanted, _patience.Token);

    /// <summary>Waits for a line on standard error.</summary>
    public Task<string> ErrorLineAsync(Func<string, bool> isWanted) => _error.WaitForAsync(isWanted, _patience.Token);

    /// <summary>Presses Ctrl-C.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync(_patience.Token);
    }

    /// <summary>Ends it as a crash would: with no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(_patience.Token);
    }

    public async Task<FmResult> EndAsync()
    {
        await _process.WaitForExitAsync(_patience.Token);
        return new(_process.ExitCode, await _output.AllAsync(), await _error.AllAsync());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _patience.Dispose();
    }
}
