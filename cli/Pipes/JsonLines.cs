using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace FaultMaven.Cli.Pipes;

/// <summary>Reads JSON Lines as they come.</summary>
internal static class JsonLines
{
    /// <summary>The longest line that is read; a longer one is an error.</summary>
    public const int MaxLineBytes = 256 * 1024 * 1024;

    private const int ReadBytes = 256 * 1024;

    /// <summary>Reads lines in groups: the lines of one read are a group, split where it gets large. So a line never waits for lines
    /// that are not written yet, and a fast writer still gets large groups. Blank lines are skipped.</summary>
    /// <exception cref="CommandFailedException">A line is malformed or too long.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<JsonLine>> ReadGroupsAsync(
        Stream input, string property, int maxLines, int maxCharacters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: ReadBytes, leaveOpen: true));
        var number = 0L;

        while (true)
        {
            // A read from a terminal or pipe cannot be cancelled; a cancellation abandons it.
            var read = await reader.ReadAsync(cancellationToken).AsTask().WaitAsync(cancellationToken);
            var rest = read.Buffer;
            var group = new List<JsonLine>();
            var characters = 0;
            CommandFailedException? malformed = null;

            while (malformed is null && TakeLine(ref rest, read.IsCompleted, out var line))
            {
                number++;
                if (IsBlank(line))
                {
                    continue;
                }

                JsonLine parsed;
                try
                {
                    parsed = JsonLine.Parse(line, number, property);
                }
                catch (CommandFailedException exception)
                {
                    malformed = exception;
                    continue;
                }

                if (group.Count > 0 && (group.Count == maxLines || characters + parsed.Text.Length > maxCharacters))
                {
                    yield return group;
                    (group, characters) = ([], 0);
                }

                group.Add(parsed);
                characters += parsed.Text.Length;
            }

            if (malformed is null && rest.Length > MaxLineBytes)
            {
                malformed = new CommandFailedException(
                    ExitCode.Unreadable, $"Line {number + 1} is longer than {MaxLineBytes / 1024 / 1024} MiB.");
            }

            reader.AdvanceTo(rest.Start, rest.End);

            if (group.Count > 0)
            {
                yield return group;
            }

            if (malformed is not null)
            {
                throw malformed;
            }

            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    private static bool TakeLine(ref ReadOnlySequence<byte> rest, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = isLast ? rest : default;
        rest = isLast ? rest.Slice(rest.End) : rest;
        return !line.IsEmpty;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var segment in line)
        {
            if (segment.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }
}
