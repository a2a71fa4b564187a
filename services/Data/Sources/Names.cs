namespace FaultMaven.Data.Sources;

/// <summary>Compares names as tools spell them: <c>lastState</c>, <c>last_state</c>, <c>LastState</c>, <c>last-state</c>.</summary>
internal static class Names
{
    public static bool Same(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var i = 0;
        var j = 0;
        while (true)
        {
            while (i < one.Length && !char.IsLetterOrDigit(one[i]))
            {
                i++;
            }

            while (j < other.Length && !char.IsLetterOrDigit(other[j]))
            {
                j++;
            }

            if (i == one.Length || j == other.Length)
            {
                return i == one.Length && j == other.Length;
            }

            if (char.ToLowerInvariant(one[i++]) != char.ToLowerInvariant(other[j++]))
            {
                return false;
            }
        }
    }

    public static bool IsOneOf(ReadOnlySpan<char> name, params ReadOnlySpan<string> names)
    {
        foreach (var candidate in names)
        {
            if (Same(name, candidate))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The words of a name in lower case: <c>FreeStorageSpace</c> and <c>free_storage_space</c> give free, storage, space.
    /// </summary>
    public static IReadOnlyList<string> Words(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var breaks = i == name.Length || !char.IsLetterOrDigit(name[i]);
            // "CPUUtilization" is CPU, Utilization; "p99Latency" is p99, Latency; "ReadIOPS" is Read, IOPS; "UsedIDs" is Used, IDs.
            var turns = !breaks && i > start && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]) && !IsPlural(name, i + 1)));
            if (!breaks && !turns)
            {
                continue;
            }

            if (i > start)
            {
                words.Add(name[start..i].ToLowerInvariant());
            }

            start = breaks ? i + 1 : i;
        }

        return words;
    }

    private static bool IsPlural(string name, int at) => name[at] == 's' && (at + 1 == name.Length || !char.IsLower(name[at + 1]));
}
