using System.Numerics;
using FaultMaven.Protos.Redaction.V1;

namespace FaultMaven.Redaction.Screening.Instructions;

/// <summary>
/// An order of classes of words, with gaps: <c>Drop 4 Earlier|Your 2 Rules</c> is a word of the first class, then within four words one
/// of the next two, then within two one of the last. Without a number the next word follows at once. <c>^</c> before a class: a clause
/// starts there. <c>- Classes</c> at the end: none of them is in the sentence.
/// </summary>
/// <remarks>The words of a sentence are the bits of a mask for each class, so a step is a few shifts, whatever the gap.</remarks>
internal sealed class InstructionPattern
{
    private const int MaxSteps = 8;

    private readonly Step[] _steps;
    private readonly int[] _unwanted = [];

    /// <param name="kind">What such a sentence does.</param>
    /// <param name="shape">As above.</param>
    /// <param name="lexicon">Where its classes and words are kept.</param>
    public InstructionPattern(PassageKind kind, string shape, Lexicon lexicon)
    {
        Kind = kind;
        var steps = new List<Step>();
        var gap = 0;
        var parts = shape.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] == "-")
            {
                _unwanted = Classes(parts[i + 1], lexicon);
                break;
            }

            if (int.TryParse(parts[i], out var number))
            {
                gap = number;
                continue;
            }

            steps.Add(new Step(Classes(parts[i].TrimStart('^'), lexicon), gap, parts[i][0] == '^'));
            gap = 0;
        }

        _steps = [.. steps];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_steps.Length, MaxSteps, nameof(shape));
    }

    /// <summary>What such a sentence does.</summary>
    public PassageKind Kind { get; }

    /// <summary>Whether a clause starts with it.</summary>
    public bool StartsClause => _steps[0].IsFirst;

    /// <summary>Classes of which one is wherever the shape does: those of the step that takes the fewest words.</summary>
    public IReadOnlyList<int> RarestClasses(Lexicon lexicon) => _steps.MinBy(step => step.Classes.Sum(lexicon.SizeOf)).Classes;

    /// <summary>The words that it ends at, of those that <paramref name="words"/> holds; none if it isn't there.</summary>
    public ulong Ends(in Words words)
    {
        Span<ulong> reached = stackalloc ulong[MaxSteps];
        return Reach(in words, reached);
    }

    /// <summary>The word that it starts at; −1 if it isn't there.</summary>
    public int Start(in Words words)
    {
        Span<ulong> reached = stackalloc ulong[MaxSteps];
        var ends = Reach(in words, reached);
        if (ends == 0)
        {
            return -1;
        }

        var at = BitOperations.TrailingZeroCount(ends);
        for (var i = _steps.Length - 1; i > 0; i--)
        {
            var before = reached[i - 1] & ((1ul << at) - 1);
            at = BitOperations.Log2(before);
        }

        return at;
    }

    private ulong Reach(in Words words, Span<ulong> reached)
    {
        var mask = 0ul;
        for (var i = 0; i < _steps.Length; i++)
        {
            var step = _steps[i];
            var stands = words.OfAny(step.Classes);
            stands &= step.IsFirst ? words.Starts : ulong.MaxValue;
            if (i > 0)
            {
                var ahead = 0ul;
                for (var gap = 0; gap <= step.Gap; gap++)
                {
                    mask = (mask << 1) & ~words.Sentences;
                    ahead |= mask;
                }

                stands &= ahead;
            }

            if (stands == 0)
            {
                return 0;
            }

            mask = reached[i] = stands;
        }

        return _unwanted.Length > 0 ? mask & ~words.WithinSentencesOf(words.OfAny(_unwanted)) : mask;
    }

    private static int[] Classes(string names, Lexicon lexicon) => [.. names.Split('|').Select(lexicon.ClassOf)];

    private readonly record struct Step(int[] Classes, int Gap, bool IsFirst);
}
