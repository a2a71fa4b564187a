using System.Buffers;

namespace FaultMaven.Redaction.Recognition.Vendors;

/// <summary>The form of a vendor's credential: a fixed prefix, then characters of an alphabet.</summary>
/// <param name="Type">What a finding is called.</param>
/// <param name="Prefix">Compared with its case.</param>
/// <param name="Alphabet">What the rest consists of.</param>
/// <param name="Min">How many characters follow the prefix at least.</param>
/// <param name="Max">And at most; a longer run is something else.</param>
/// <param name="NeedsDigit">Whether the rest must hold a digit, for prefixes that words could have.</param>
internal sealed record KeyForm(string Type, string Prefix, SearchValues<char> Alphabet, int Min, int Max, bool NeedsDigit = false)
{
    /// <summary>Longer than any credential with a fixed prefix that is documented.</summary>
    public const int Open = 4096;

    /// <summary>A form whose length its vendor does not fix.</summary>
    public static KeyForm AtLeast(string type, string prefix, SearchValues<char> alphabet, int min, bool needsDigit = false) =>
        new(type, prefix, alphabet, min, Open, needsDigit);

    /// <summary>A form of one length.</summary>
    public static KeyForm Exactly(string type, string prefix, SearchValues<char> alphabet, int length, bool needsDigit = false) =>
        new(type, prefix, alphabet, length, length, needsDigit);
}
