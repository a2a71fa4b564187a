using System.Text;
using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Templates;

namespace FaultMaven.Data.Query.Templates;

/// <summary>
/// Mines the templates of a whole log that comes as bytes: every line, blank ones too, gets the id of a template. Memory grows by four
/// bytes a line. Not safe for use by several threads.
/// </summary>
internal sealed class TemplateMining
{
    /// <summary>How many characters of a message are looked at.</summary>
    public const int MaxMessageLength = 16_384;

    private readonly ParsedLines _parsed;
    private readonly TemplateMiner _miner = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly char[] _decoded = new char[16_384];
    private readonly LineSplitter _lines;
    private readonly List<int> _shapeOfLine = [];

    /// <param name="messageOnly">True if the lines have no header.</param>
    /// <param name="reference">Not earlier than the log's last entry; gives times without a year theirs.</param>
    public TemplateMining(bool messageOnly, DateTimeOffset reference)
    {
        _parsed = new ParsedLines(reference, near: null, (line, scoped in parsed) => Mine(parsed.Message));
        _lines = new LineSplitter(messageOnly ? Mine : _parsed.Take);
    }

    /// <summary>How many lines were taken, those that wait to be taken apart included.</summary>
    public int LineCount => _shapeOfLine.Count + _parsed.WaitingCount;

    /// <summary>Takes the next bytes, cut anywhere. What is not UTF-8 becomes U+FFFD.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            _decoder.Convert(bytes, _decoded, flush: false, out var used, out var chars, out _);
            _lines.Append(_decoded.AsSpan(0, chars));
            bytes = bytes[used..];
        }
    }

    /// <summary>Ends the log.</summary>
    public MinedLog Complete()
    {
        _decoder.Convert([], _decoded, flush: true, out _, out var chars, out _);
        _lines.Append(_decoded.AsSpan(0, chars));
        _lines.Complete();
        _parsed.Release();
        return new MinedLog(_miner.Mine(), _shapeOfLine);
    }

    private void Mine(ReadOnlySpan<char> message) =>
        _shapeOfLine.Add(_miner.Add(message.Length > MaxMessageLength ? message[..MaxMessageLength] : message));
}

/// <summary>The templates of a log, and which line has which.</summary>
internal sealed class MinedLog(MinedTemplates mined, IReadOnlyList<int> shapeOfLine)
{
    public IReadOnlyList<Template> Templates => mined.Templates;

    public int LineCount => shapeOfLine.Count;

    /// <summary>The id of the template of a line, from 0.</summary>
    public int TemplateOf(int line) => mined.TemplateOf(shapeOfLine[line]);
}
