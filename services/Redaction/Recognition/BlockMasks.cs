namespace FaultMaven.Redaction.Recognition;

/// <summary>What is where in a block of 64 characters, one bit each; the lowest is the first.</summary>
internal struct BlockMasks
{
    public const int Length = 64;

    /// <summary>Where a literal that may be anywhere could start.</summary>
    public ulong Anywhere;

    /// <summary>Where one that is at a boundary could, were it one.</summary>
    public ulong AtBoundary;

    /// <summary>Letters and digits of ASCII.</summary>
    public ulong Words;

    /// <summary>What an escape starts with.</summary>
    public ulong Escapes;

    public ulong Digits;
    public ulong HexDigits;

    /// <summary>Digits and what is between groups of them: space, <c>- . / ( ) +</c>.</summary>
    public ulong NumberParts;

    /// <summary>Capitals, and what isn't ASCII.</summary>
    public ulong Capitals;

    public ulong Spaces;
    public ulong Stops;
    public ulong Colons;
    public ulong Dashes;
}
