namespace FaultMaven.Data.Analysis.Logs.Headers;

/// <summary>What follows the last field that is a time or a level. A line that does not have it there is left as it is.</summary>
/// <param name="Kind">What is expected.</param>
/// <param name="Reach">How many fields it is looked for in.</param>
internal readonly record struct HeaderStep(StepKind Kind, int Reach = 1);

/// <summary>What a header may have behind its last time or level.</summary>
internal enum StepKind : byte
{
    /// <summary>A number, a dash, or one more time or level.</summary>
    Mark,

    /// <summary>A field before a bar.</summary>
    Cell,

    /// <summary>A field before a bar that names the source.</summary>
    SourceCell,

    /// <summary>Something in brackets that names the source.</summary>
    Bracket,

    /// <summary>A name, or a word that blanks fill up to a column, that names the source.</summary>
    Logger,

    /// <summary>A word that varies without regard to what follows, or a name with a value: <c>pump-a</c>, <c>th=7</c>.</summary>
    Column,

    /// <summary>The host of a line of syslog, before its tag.</summary>
    Host,

    /// <summary>A tag, perhaps a word or two further on, if there is one.</summary>
    OptionalTag,

    /// <summary>All up to a dash or a bar that is alone, if there is one.</summary>
    UntilDash,
}
