namespace FaultMaven.Redaction.Recognition.Personal;

/// <summary>
/// Numbers of passports and driving licences, which look like anything else and so count only behind those words: <c>Passport No:
/// X1234567</c>, <c>driver's license number D123-4567-8901</c>.
/// </summary>
internal sealed class IdentityDocuments : Recognizer
{
    private const int Passports = 3;
    private const int MaxGap = 40;
    private const int Shortest = 6;
    private const int Longest = 20;
    private const int FewestDigits = 4;

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        new("passport", LiteralStart.AtBoundary), new("reisepass", LiteralStart.AtBoundary), new("pasaporte", LiteralStart.AtBoundary),
        new("driver's licen", LiteralStart.AtBoundary), new("drivers licen", LiteralStart.AtBoundary),
            new("driver licen", LiteralStart.AtBoundary),
        new("driving licen", LiteralStart.AtBoundary), new("driver_licen", LiteralStart.AtBoundary),
            new("drivers_licen", LiteralStart.AtBoundary),
    ];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var from = at + Literals[literal].Text.Length;
        var limit = Boundary.LineEnd(text, from, MaxGap);
        for (var i = from; i < limit && text[i] != '<';)
        {
            var length = Alphabets.Run(text, i, Alphabets.Documents, Longest + 1);
            var number = text.Slice(i, length).TrimEnd('-');
            if (IsNumber(number) && Boundary.Before(text, i) && Boundary.After(text, i + number.Length))
            {
                findings.Add(literal < Passports ? FindingTypes.Passport : FindingTypes.DriverLicense, i, i + number.Length, 0.8);
                return;
            }

            // Another word with digits is what the passport is about.
            if (number.ContainsAnyInRange('0', '9'))
            {
                break;
            }

            i += length + 1;
        }

        findings.Doubt(at, limit);
    }

    private static bool IsNumber(ReadOnlySpan<char> number)
    {
        var digits = 0;
        foreach (var c in number)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        // 2026-03-01 is a date.
        return number.Length is >= Shortest and <= Longest && digits >= FewestDigits && number[0] != '-'
            && !(number.Length == 10 && number[4] == '-' && number[7] == '-');
    }
}
