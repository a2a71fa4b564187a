namespace FaultMaven.Data.Analysis.Statements;

/// <summary>What a piece of a message is.</summary>
internal enum TokenForm
{
    /// <summary>A word, or a part of a compound such as the <c>Disk</c> of <c>DiskPressure</c>.</summary>
    Word,

    /// <summary>A number with its unit, such as <c>4.2GiB</c> or <c>92%</c>.</summary>
    Number,

    /// <summary>A name that is not made of words: an address, a path, a URL, an id.</summary>
    Name,

    /// <summary>Anything else, one character.</summary>
    Punctuation,
}

/// <summary>A piece of a message.</summary>
/// <param name="Form">What it is.</param>
/// <param name="Text">Its text; of words in lower case.</param>
/// <param name="Start">Where it begins in the message.</param>
/// <param name="End">Where it ends in the message, exclusive.</param>
/// <param name="Joined">True if nothing separates it from the token before it: both belong to one compound.</param>
internal readonly record struct Token(TokenForm Form, string Text, int Start, int End, bool Joined)
{
    /// <summary>True for a punctuation mark that is one of <paramref name="marks"/>.</summary>
    public bool Is(string marks) => Form == TokenForm.Punctuation && marks.Contains(Text[0], StringComparison.Ordinal);
}
