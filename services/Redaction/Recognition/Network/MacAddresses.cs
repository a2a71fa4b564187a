namespace FaultMaven.Redaction.Recognition.Network;

/// <summary>
/// MAC addresses: <c>02:00:5e:10:00:ff</c>, <c>02-00-5E-10-00-FF</c>. Broadcast and all zeros stay, and so do longer fingerprints.
/// </summary>
internal sealed class MacAddresses : Recognizer
{
    private const int Groups = 6;
    private const int Length = (Groups * 3) - 1;

    public override CharacterPatterns CharacterPatterns => CharacterPatterns.HexGroups;

    public override void MatchPattern(ReadOnlySpan<char> text, int start, CharacterPatterns pattern, FindingList findings)
    {
        if (start + Length > text.Length || text[start + 2] is not (':' or '-') || (start > 0 && text[start - 1] == text[start + 2]))
        {
            return;
        }

        var separator = text[start + 2];
        var mac = text.Slice(start, Length);
        var end = start + Length;
        for (var i = 0; i < Length; i++)
        {
            if (i % 3 == 2 ? mac[i] != separator : !char.IsAsciiHexDigit(mac[i]))
            {
                return;
            }
        }

        if (!Boundary.After(text, end)
            || (end < text.Length && text[end] == separator && end + 1 < text.Length && char.IsAsciiHexDigit(text[end + 1])))
        {
            findings.Doubt(start, end + 1);
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
