namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Places that the kinds of characters around them tell, rather than how they are spelt. All start where a word may
/// (<see cref="Boundary.Before"/>). None is missed, but some that only look like one from afar are reported as well.
/// </summary>
[Flags]
internal enum CharacterPatterns
{
    None = 0,

    /// <summary>At least <see cref="LiteralIndex.LongWord"/> letters and digits of ASCII.</summary>
    LongWord = 1,

    /// <summary>
    /// A digit, and at least seven of them before anything else than what is between groups of them: space, <c>- . / ( ) +</c>.
    /// </summary>
    LongNumber = 2,

    /// <summary>Four numbers of one to three digits with full stops between them; more may follow: <c>10.1.2.3</c>.</summary>
    DottedQuad = 4,

    /// <summary>
    /// Six groups of one to four hexadecimal digits with colons or dashes between them; more may follow: <c>02:00:5e:10:00:7f</c>.
    /// </summary>
    HexGroups = 8,

    /// <summary>A capital, or what isn't ASCII, behind a space and a word that has one.</summary>
    SecondCapital = 16,
}
