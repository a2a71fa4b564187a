namespace FaultMaven.Data.Analysis.Templates;

/// <summary>What a token of a message is taken for.</summary>
internal enum TokenKind : byte
{
    /// <summary>Text that belongs to the message's wording.</summary>
    Word,

    /// <summary>One or more characters of punctuation.</summary>
    Punctuation,

    /// <summary>A value by its looks alone: a number, an address, a path, an id, a time, a truth value.</summary>
    Variable,

    /// <summary>A name with a few digits in it (<c>tty2</c>, <c>eth0</c>): a value if the digits vary, wording if they don't.</summary>
    Numbered,

    /// <summary>A mixture of letters and digits (<c>e820</c>, <c>blk_77</c>): a value if it varies at all.</summary>
    Mixed,

    /// <summary>Nothing where a value is expected: <c>user=</c>, <c>()</c>.</summary>
    Empty,
}

/// <summary>A piece of a message.</summary>
/// <param name="Start">Where it starts in the message.</param>
/// <param name="Length">How many characters it has.</param>
/// <param name="Kind">What it is taken for.</param>
/// <param name="SpaceBefore">True if white space is before it.</param>
internal readonly record struct Token(int Start, int Length, TokenKind Kind, bool SpaceBefore)
{
    public ReadOnlySpan<char> In(ReadOnlySpan<char> message) => message.Slice(Start, Length);
}
