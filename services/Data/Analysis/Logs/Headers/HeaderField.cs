namespace FaultMaven.Data.Analysis.Logs.Headers;

/// <summary>What a field at the start of a line looks like.</summary>
internal enum FieldKind : byte
{
    /// <summary>A plain word.</summary>
    Word,

    /// <summary>A word with digits, points, slashes or dashes in it: <c>web-1</c>, <c>org.example.Main</c>.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A time, perhaps in brackets.</summary>
    Time,

    /// <summary>The name of a level, perhaps in brackets.</summary>
    Level,

    /// <summary>Something else in brackets: a thread, a request id.</summary>
    Bracket,

    /// <summary>A word that ends in a colon: <c>sshd[812]:</c>.</summary>
    Tag,

    /// <summary>A name and a value: <c>th=12</c>.</summary>
    Pair,

    /// <summary>Punctuation alone: <c>-</c>, <c>|</c>, <c>::</c>.</summary>
    Dash,
}

/// <summary>A field at the start of a line.</summary>
/// <param name="Kind">What it looks like.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends, brackets included.</param>
/// <param name="Next">Where the next field starts.</param>
/// <param name="Time">The time, if the field is one.</param>
/// <param name="Level">The level, if the field is one.</param>
/// <param name="Piped">True if a bar is behind it.</param>
/// <param name="Padded">True if two blanks or more, or a tab, are behind it.</param>
/// <param name="IsBracketed">True if it is in brackets.</param>
/// <param name="IsTag">True if it ends in a colon.</param>
internal readonly record struct HeaderField(
    FieldKind Kind, int Start, int End, int Next, DateTimeOffset? Time, Proto.EntryLevel Level, bool Piped, bool Padded, bool IsBracketed,
    bool IsTag);
