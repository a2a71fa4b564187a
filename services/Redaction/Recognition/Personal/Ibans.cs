namespace FaultMaven.Redaction.Recognition.Personal;

/// <summary>
/// International bank account numbers by country, length and check digits (ISO 13616): <c>GB82 WEST 1234 5698 7654 32</c>.
/// </summary>
internal sealed class Ibans : Recognizer
{
    private const int Longest = 34;

    // The SWIFT registry: country and length.
    private static readonly (string Country, int Length)[] s_registry =
    [
        ("AD", 24), ("AE", 23), ("AL", 28), ("AT", 20), ("AZ", 28), ("BA", 20), ("BE", 16), ("BG", 22), ("BH", 22), ("BI", 27), ("BR", 29),
            ("BY", 28), ("CH", 21),
        ("CR", 22), ("CY", 28), ("CZ", 24), ("DE", 22), ("DJ", 27), ("DK", 18), ("DO", 28), ("EE", 20), ("EG", 29), ("ES", 24), ("FI", 18),
            ("FK", 18), ("FO", 18),
        ("FR", 27), ("GB", 22), ("GE", 22), ("GI", 23), ("GL", 18), ("GR", 27), ("GT", 28), ("HN", 28), ("HR", 21), ("HU", 28), ("IE", 22),
            ("IL", 23), ("IQ", 23),
        ("IS", 26), ("IT", 27), ("JO", 30), ("KW", 30), ("KZ", 20), ("LB", 28), ("LC", 32), ("LI", 21), ("LT", 20), ("LU", 20), ("LV", 21),
            ("LY", 25), ("MC", 27),
        ("MD", 24), ("ME", 22), ("MK", 19), ("MN", 20), ("MR", 27), ("MT", 31), ("MU", 30), ("NI", 28), ("NL", 18), ("NO", 15), ("OM", 23),
            ("PK", 24), ("PL", 28),
        ("PS", 29), ("PT", 25), ("QA", 29), ("RO", 24), ("RS", 22), ("RU", 33), ("SA", 24), ("SC", 31), ("SD", 18), ("SE", 24), ("SI", 19),
            ("SK", 24), ("SM", 27),
        ("SO", 23), ("ST", 25), ("SV", 28), ("TL", 23), ("TN", 24), ("TR", 26), ("UA", 29), ("VA", 22), ("VG", 24), ("XK", 20), ("YE", 30),
    ];

    public override IReadOnlyList<Literal> Literals { get; } = Array.ConvertAll(s_registry, entry => Literal.Shape($"{entry.Country}##"));

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var expected = s_registry[literal].Length;
        Span<char> iban = stackalloc char[Longest];
        var count = 0;
        var i = at;
        while (i < text.Length && count < expected)
        {
            if (char.IsAsciiLetterOrDigit(text[i]))
            {
                iban[count++] = char.ToUpperInvariant(text[i]);
            }
            else if (text[i] is not (' ' or '-') || count % 4 != 0 || !char.IsAsciiLetterOrDigit(text[i - 1]))
            {
                findings.Doubt(at, i);
                return;
            }

            i++;
        }

        findings.Doubt(at, i);
        if (count == expected && Boundary.After(text, i) && HasCheckDigits(iban[..count]))
        {
            findings.Add(FindingTypes.Iban, at, i, 0.97);
        }
    }

    // ISO 7064 MOD 97-10 over the number with its first four characters at the end.
    private static bool HasCheckDigits(ReadOnlySpan<char> iban)
    {
        var remainder = 0;
        for (var i = 0; i < iban.Length; i++)
        {
            var c = iban[(i + 4) % iban.Length];
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + c - '0') % 97 : ((remainder * 100) + c - 'A' + 10) % 97;
        }

        return remainder == 1;
    }
}
