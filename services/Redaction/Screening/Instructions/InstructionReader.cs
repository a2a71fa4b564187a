using System.Numerics;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Screening.Instructions;

/// <summary>
/// Sentences that instruct a model, by the classes of their words and the order of these. Where a trigger word is, its sentence is read,
/// once.
/// </summary>
internal sealed class InstructionReader : Recognizer
{
    // So much of what was read is read again with what follows it, where a sentence is too long to be read at once.
    private const int Again = 120;
    private const int BitsOfMask = 64;

    private readonly Lexicon _lexicon = new();
    private readonly (InstructionPattern Shape, int Class, bool IsTaken)[] _definitions;
    private readonly (InstructionPattern Shape, string Type)[] _shapes;
    private readonly int[] _leads;

    // By class, a bit for each shape that cannot be without this class or another.
    private readonly ulong[][] _shapesOf;

    public InstructionReader()
    {
        foreach (var (name, words) in WordClasses.All)
        {
            _lexicon.Add(name, words, WordClasses.OftenMisspelt.Contains(name));
        }

        _leads = [_lexicon.ClassOf("Lead")];
        _definitions = [.. WordClasses.Definitions.Select(definition =>
            (new InstructionPattern(PassageKind.Unspecified, definition.Shape, _lexicon),
                _lexicon.ClassOf(definition.Class.TrimStart('-')), definition.Class[0] == '-'))];
        _shapes = [.. InstructionPatterns.All.Select(demand =>
            (new InstructionPattern(demand.Kind, demand.Shape, _lexicon), demand.Kind.ToString()))];
        _shapesOf = ShapesByClass();
        _lexicon.Freeze();
    }

    public override IReadOnlyList<Literal> Literals { get; } =
        [.. WordClasses.TellingStarts.Select(text =>
            new Literal(text, char.IsAscii(text[0]) ? LiteralStart.AtBoundary : LiteralStart.Anywhere)),
            .. WordClasses.Telling.Select(text => new Literal(text))];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        // A passage goes to the end of its line: what follows is read anew, or a second instruction on the next line would be missed.
        var from = findings.Count > 0 ? findings[^1].End : 0;
        if (at < Math.Max(findings.ReadTo, from))
        {
            return;
        }

        Span<ulong> classes = stackalloc ulong[_lexicon.Count];
        Span<int> places = stackalloc int[Words.Max];
        classes.Clear();
        var words = new Words(classes, places);
        var end = WordReader.Read(text, at, from, _lexicon, ref words);
        var isWhole = end == text.Length || text[end] is '\n' or '\r';
        findings.ReadTo = isWhole ? end : Math.Max(at + 1, end - Again);

        words.StartBehind(words.OfAny(_leads));
        foreach (var (shape, id, isTaken) in _definitions)
        {
            var found = shape.Ends(in words);
            if (isTaken)
            {
                words.Clear(id, found >> 1);
            }
            else
            {
                words.Mark(id, found, shape.StartsClause);
            }
        }

        Span<ulong> candidates = stackalloc ulong[_shapesOf[0].Length];
        FindCandidates(words.ByClass, candidates);
        for (var i = 0; i < candidates.Length; i++)
        {
            for (var left = candidates[i]; left != 0; left &= left - 1)
            {
                var (shape, type) = _shapes[(i * BitsOfMask) + BitOperations.TrailingZeroCount(left)];
                if (shape.Start(in words) is var word and >= 0)
                {
                    var start = words.Place(word);
                    findings.ReadTo = Math.Max(at + 1, TextScreener.EndOf(text, start));
                    findings.Add(type, start, findings.ReadTo, 1);
                    return;
                }
            }
        }
    }

    // Of hundreds of shapes a sentence has the words for a few.
    private void FindCandidates(ReadOnlySpan<ulong> byClass, Span<ulong> candidates)
    {
        candidates.Clear();
        for (var id = 0; id < byClass.Length; id++)
        {
            if (byClass[id] != 0)
            {
                var shapes = _shapesOf[id];
                for (var i = 0; i < shapes.Length; i++)
                {
                    candidates[i] |= shapes[i];
                }
            }
        }
    }

    private ulong[][] ShapesByClass()
    {
        var shapesOf = new ulong[_lexicon.Count][];
        for (var id = 0; id < shapesOf.Length; id++)
        {
            shapesOf[id] = new ulong[(_shapes.Length + BitsOfMask - 1) / BitsOfMask];
        }

        for (var i = 0; i < _shapes.Length; i++)
        {
            foreach (var id in _shapes[i].Shape.RarestClasses(_lexicon))
            {
                shapesOf[id][i / BitsOfMask] |= 1ul << (i % BitsOfMask);
            }
        }

        return shapesOf;
    }
}
