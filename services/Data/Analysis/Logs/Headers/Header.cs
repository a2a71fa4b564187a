using System.Buffers;

namespace FaultMaven.Data.Analysis.Logs.Headers;

/// <summary>What the header of a line says.</summary>
/// <param name="End">Where the message starts.</param>
/// <param name="Time">When it happened, if it says so.</param>
/// <param name="Level">Its level as logged.</param>
/// <param name="SourceStart">Where the name of the source starts.</param>
/// <param name="SourceEnd">Where it ends; equal to its start if there is none.</param>
internal readonly record struct Header(int End, DateTimeOffset? Time, Proto.EntryLevel Level, int SourceStart, int SourceEnd)
{
    private static readonly SearchValues<char> s_processCharacters = SearchValues.Create("0123456789#.");

    /// <summary>Where the name of the host starts, in the headers of syslog.</summary>
    public int HostStart { get; private init; }

    /// <summary>Where it ends; equal to its start if there is none.</summary>
    public int HostEnd { get; private init; }

    /// <summary>True if a tag names the source.</summary>
    public bool IsTagged { get; private init; }

    /// <summary>Takes a field for the host.</summary>
    public Header On(HeaderField field) => this with { HostStart = field.Start, HostEnd = field.End };

    /// <summary>Continues to the end of a field, and takes its time or level unless one is known.</summary>
    public Header With(HeaderField field) => this with
    {
        End = field.Next,
        Time = field.Time ?? Time,
        Level = Level == Proto.EntryLevel.Unspecified ? field.Level : Level,
    };

    /// <summary>Takes a field for the source.</summary>
    public Header From(HeaderField field) => this with { SourceStart = field.Start, SourceEnd = field.End };

    /// <summary>Takes a tag for the source.</summary>
    public Header Tagged(HeaderField field) => From(field) with { IsTagged = true };

    /// <summary>The source: <c>sshd</c> of <c>sshd[812]:</c>, <c>main</c> of <c>[main]</c>.</summary>
    public ReadOnlySpan<char> Source(ReadOnlySpan<char> line)
    {
        var source = line[SourceStart..SourceEnd].TrimEnd(":,").Trim("[]()<> ");
        var process = source.IndexOf('[');
        source = process > 0 ? source[..process] : source;

        // 31#31 is a process and a thread of nginx: a number names nothing.
        return source.ContainsAnyExcept(s_processCharacters) ? source : default;
    }
}
