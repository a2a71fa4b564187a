using System.Text.RegularExpressions;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Screening;

/// <summary>
/// What a family of passages looks like. Only where one of its literals is is its form compared, in a window of a few hundred
/// characters.
/// </summary>
/// <param name="Kind">What such a passage does.</param>
/// <param name="Literals">Three characters or more, of ASCII or none of them; letters mean both cases. One of them is in every
/// such passage.</param>
/// <param name="Form">What must be around the literal: from it on, or, with <paramref name="Before"/>, across it.</param>
/// <param name="Place">What is before the literal, or before the match where that is looked for.</param>
/// <param name="Before">How many characters before the literal a match may start.</param>
internal sealed record ScreeningRule(PassageKind Kind, string[] Literals, Regex Form, PassagePlace Place = PassagePlace.Anywhere,
    int Before = 0)
{
    /// <summary>How far a form may reach behind the start of its literal.</summary>
    public const int Reach = 400;

    /// <summary>Where its literals may be.</summary>
    public LiteralStart Start => Before == 0 && Place == PassagePlace.Word ? LiteralStart.AtBoundary : LiteralStart.Anywhere;

    /// <summary>Where a passage starts that has its literal here; −1 if there is none.</summary>
    public int Match(ReadOnlySpan<char> text, int at)
    {
        if (Before == 0 && !Stands(text, at))
        {
            return -1;
        }

        var from = Math.Max(0, at - Before);
        foreach (var match in Form.EnumerateMatches(text[from..Math.Min(text.Length, at + Reach)]))
        {
            var start = from + match.Index;
            if (start > at)
            {
                return -1;
            }

            if (start + match.Length > at && (Before == 0 || Stands(text, start)))
            {
                return start;
            }
        }

        return -1;
    }

    private bool Stands(ReadOnlySpan<char> text, int at) => Place switch
    {
        PassagePlace.Word => Boundary.Before(text, at),
        PassagePlace.Line => TextPlace.StartsLine(text, at),
        PassagePlace.Clause => TextPlace.StartsClause(text, at),
        _ => true,
    };
}

/// <summary>What is before a passage.</summary>
internal enum PassagePlace
{
    Anywhere,

    /// <summary>No letter or digit, unless it ends an escape.</summary>
    Word,

    /// <summary>The start of a line, or what lists, quotes and comments put there.</summary>
    Line,

    /// <summary>The start of a line, the end of another clause, or a word that leads up to a demand.</summary>
    Clause,
}
