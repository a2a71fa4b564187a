namespace FaultMaven.Redaction.Recognition.Network;

/// <summary>MAC addresses: <c>02:00:5e:10:00:ff</c>, <c>02-00-5E-10-00-FF</c>. Broadcast and all zeros stay, and so do longer fingerprints.</summary>
internal sealed class MacAddresses : Recognizer
{
    private const int Groups = 6;
    private const int Length = (Groups * 3) - 1;

    public override IReadOnlyList<Literal> Literals { get; } = [new(":"), new("-")];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var separator = text[at];
        var start = at - 2;
        if (start < 0 || start + Length > text.Length || text[start + 5] != separator || !Boundary.Before(text, start)
            || (start > 0 && text[start - 1] == separator))
        {
            return;
        }

        var mac = text.Slice(start, Length);
        var end = start + Length;
        for (var i = 0; i < Length; i++)
        {
            if (i % 3 == 2 ? mac[i] != separator : !char.IsAsciiHexDigit(mac[i]))
            {
                return;
            }
        }

        if (!Boundary.After(text, end) || (end < text.Length && text[end] == separator && end + 1 < text.Length && char.IsAsciiHexDigit(text[end + 1])))
        {
            return;
        }

        // 20-26-11-22-10-15 is a time.
        var isDate = separator == '-' && !mac.ContainsAny(Alphabets.HexLetters);
        var namesNone = !mac.ContainsAnyExcept('f', 'F', separator) || !mac.ContainsAnyExcept('0', separator);
        if (!isDate && !namesNone)
        {
            findings.Add(FindingTypes.MacAddress, start, end, 0.96);
        }
    }
}
