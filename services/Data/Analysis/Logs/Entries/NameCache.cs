namespace FaultMaven.Data.Analysis.Logs.Entries;

/// <summary>
/// Gives the same string for the same name, so that a log's few sources are not one string for every line. Bounded. Not safe for use by
/// several threads.
/// </summary>
internal sealed class NameCache
{
    private const int MaxNames = 4_096;

    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _names =
        new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public string Of(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            return "";
        }

        if (_names.TryGetValue(name, out var known))
        {
            return known;
        }

        var text = name.ToString();
        if (_names.Dictionary.Count < MaxNames)
        {
            _names[name] = text;
        }

        return text;
    }
}
