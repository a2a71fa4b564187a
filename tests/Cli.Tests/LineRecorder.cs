using System.Text;
using System.Threading.Channels;

namespace FaultMaven.Cli.Tests;

/// <summary>Reads the output of a process as it comes, so that it never blocks, and lets tests wait for a line of it.</summary>
internal sealed class LineRecorder
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task<string> _all;

    public LineRecorder(TextReader reader) => _all = ReadAsync(reader);

    public Task<string> AllAsync() => _all;

    public async Task<string> WaitForAsync(Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            if (isWanted(line))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"fm ended without the line that was waited for. It said:\n{await _all}");
    }

    private async Task<string> ReadAsync(TextReader reader)
    {
        var all = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            all.Append(line).Append('\n');
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
        return all.ToString();
    }
}
