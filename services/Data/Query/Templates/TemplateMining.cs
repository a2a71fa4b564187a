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

    // Lines may be long: the sample is bounded by its characters too.
    private const int MaxSampleLength = 1 << 20;

    private readonly bool _messageOnly;
    private readonly DateTimeOffset _reference;
    private readonly TemplateMiner _miner = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly char[] _decoded = new char[16_384];
    private readonly LineSplitter _lines;
    private readonly List<string> _sample = [];
    private readonly List<int> _shapeOfLine = [];
    private LineParser? _parser;
    private int _sampleLength;

    /// <param name="messageOnly">True if the lines have no header.</param>
    /// <param name="reference">Not earlier than the log's last entry; gives times without a year theirs.</param>
    public TemplateMining(bool messageOnly, DateTimeOffset reference)
    {
        _messageOnly = messageOnly;
        _reference = reference;
        _lines = new LineSplitter(Take);
    }

    /// <summary>How many lines were taken, those of the sample that is still to be learned from included.</summary>
    public int LineCount => _shapeOfLine.Count + _sample.Count;

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
        Learn();
        return new MinedLog(_miner.Mine(), _shapeOfLine);
    }

    private void Take(ReadOnlySpan<char> line)
    {
        if (_messageOnly)
        {
            Mine(line);
        }
        else if (_parser is null)
        {
            _sample.Add(line.ToString());
            _sampleLength += line.Length;
            if (_sample.Count == LineParser.SampleLines || _sampleLength >= MaxSampleLength)
            {
                Learn();
            }
        }
        else
        {
            Mine(_parser.Parse(line).Message);
        }
    }

    private void Learn()
    {
        if (_parser is not null || _messageOnly)
        {
            return;
        }

        _parser = LineParser.Learn(_sample, _reference, near: null);
        foreach (var line in _sample)
        {
            Mine(_parser.Parse(line).Message);
        }

        _sample.Clear();
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
