using FaultMaven.Redaction.Recognition.Secrets;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Finds the other places of a secret that was found once: the password that <c>password=…</c> gave away also goes from "login of ada
/// with …" three lines above. Only values that are unlike anything else count, so that no evidence goes for being spelt like a bad
/// password.
/// </summary>
internal static class KnownValueScan
{
    /// <summary>Each value costs a search through the text, so there is a limit to them.</summary>
    private const int MaxValues = 64;

    private const int MaxLength = 256;
    private const int SureLength = 12;
    private const double Confidence = 0.7;

    /// <summary>Adds the places where found secrets are unfound. The findings are settled, and need it again if any is added.</summary>
    public static void Find(ReadOnlySpan<char> text, FindingList findings)
    {
        Span<int> known = stackalloc int[MaxValues];
        var values = 0;
        var settled = findings.Count;
        for (var i = 0; i < settled && values < MaxValues; i++)
        {
            var finding = findings[i];
            var value = text[finding.Start..finding.End];
            if (!FindingTypes.IsCredential(finding.Type) || value.Length > MaxLength || !SecretValue.IsTelling(value)
                || IsKnown(text, value, findings, known[..values]))
            {
                continue;
            }

            known[values++] = i;
            FindValue(text, value, finding.Type, settled, findings);
        }
    }

    private static bool IsKnown(ReadOnlySpan<char> text, ReadOnlySpan<char> value, FindingList findings, ReadOnlySpan<int> known)
    {
        foreach (var i in known)
        {
            if (text[findings[i].Start..findings[i].End].SequenceEqual(value))
            {
                return true;
            }
        }

        return false;
    }

    private static void FindValue(ReadOnlySpan<char> text, ReadOnlySpan<char> value, string type, int settled, FindingList findings)
    {
        var covering = 0;
        for (var from = 0; text[from..].IndexOf(value) is var next and >= 0;)
        {
            var start = from + next;
            var end = start + value.Length;
            from = end;
            while (covering < settled && findings[covering].End < end)
            {
                covering++;
            }

            var isCovered = covering < settled && findings[covering].Start <= start;
            if (!isCovered && (value.Length >= SureLength || (Boundary.Before(text, start) && Boundary.After(text, end))))
            {
                findings.Add(type, start, end, Confidence);
            }
        }
    }
}
