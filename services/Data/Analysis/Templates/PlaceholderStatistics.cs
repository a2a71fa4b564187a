namespace FaultMaven.Data.Analysis.Templates;

/// <summary>Decides whether words that stand in one place of otherwise equal messages are values.</summary>
internal static class PlaceholderStatistics
{
    /// <param name="members">Clusters that differ in this place alone.</param>
    /// <param name="place">The place.</param>
    /// <param name="words">The words.</param>
    public static bool IsValue(IReadOnlyList<ShapeCluster> members, int place, WordNumbers words)
    {
        var hasValue = false;
        var plain = 0;
        var names = 0;
        var upper = 0;
        foreach (var member in members)
        {
            var value = member.Values[place];
            if (value is WordNumbers.Value or WordNumbers.Empty)
            {
                hasValue = true;
            }
            else if (LooksLikeName(words[value]))
            {
                names++;
            }
            else
            {
                plain++;
                upper += words[value].AsSpan().ContainsAnyInRange('a', 'z') ? 0 : 1;
            }
        }

        var wording = members[0].Values.Count(v => v > WordNumbers.Empty) - (members[0].Values[place] > WordNumbers.Empty ? 1 : 0);
        if (wording == 0)
        {
            return false;
        }

        if (OppositeWords.AnyAmong(members.Select(member => words[member.Values[place]])))
        {
            return false;
        }

        var before = members[0].Before(place);
        var after = members[0].After(place);
        if (after.StartsWith('=') || (after.StartsWith(':') && !hasValue) || after == "(")
        {
            // The name of a value, or of what speaks.
            return false;
        }

        if (before is "=" || (before is "\"" or "'" or "[" or "(" or "{" && after is "\"" or "'" or "]" or ")" or "}"))
        {
            return plain == 0 || hasValue || members.Count >= (before is "=" or "\"" or "'" ? 3 : 4);
        }

        if (place == 0 && !hasValue)
        {
            return members.Count >= 12 && wording >= 2;
        }

        if (plain == 0)
        {
            // Two names alone, of few words, may well be two messages: "Starting DataReader", "Starting NameServer".
            return hasValue || members.Count > 2 || wording > 2;
        }

        if (hasValue)
        {
            return wording >= 2 && upper == 0;
        }

        var noun = place > 0 && before == " " && members[0].Values[place - 1] > WordNumbers.Empty ? words[members[0].Values[place - 1]]
            : "";
        if (noun is "user" or "account" or "host" or "named")
        {
            return members.Count >= 2;
        }

        return members.Count >= 6 && wording >= 2;
    }

    /// <summary>Decides the same for clusters that differ in assigned values alone, several at a time.</summary>
    public static bool AreValues(IReadOnlyList<ShapeCluster> members, WordNumbers words)
    {
        for (var p = 0; p < members[0].Values.Length; p++)
        {
            var distinct = members.Select(member => member.Values[p]).Distinct().ToList();
            if (distinct.Count == 2 && distinct.TrueForAll(value => value > WordNumbers.Empty && !LooksLikeName(words[value])))
            {
                return false;
            }
        }

        return members[0].Values.Where((value, p) => value > WordNumbers.Empty && !members[0].IsAssigned(p)).Any();
    }

    /// <summary>True for <c>eth0</c>, <c>fooBar</c>, <c>a.b.c</c>, <c>x_y</c>, <c>x-y</c>.</summary>
    private static bool LooksLikeName(string word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            var c = word[i];
            if (char.IsAsciiDigit(c) || c is '_' or '.' or '$' or '/'
                || (char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(word[i - 1])))
            {
                return true;
            }
        }

        return false;
    }
}
