namespace FaultMaven.Redaction.Screening.Instructions;

/// <summary>Which classes a word belongs to. Every word that a shape names has its own class, too.</summary>
/// <remarks>
/// Words are kept in lower case and without accents. A typing error in a long word of the classes that matter most is kept as well: a
/// letter left out, doubled, or two swapped.
/// </remarks>
internal sealed class Lexicon
{
    /// <summary>The longest word that is known.</summary>
    public const int MaxWord = 40;

    /// <summary>Of words in a script without blanks.</summary>
    public const int MaxIdeographs = 8;

    private const int MinMisspelt = 6;

    private readonly Dictionary<string, int> _classes = [];
    private readonly List<int> _sizes = [];
    private readonly Dictionary<string, HashSet<int>> _building = [];
    private Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _words;

    /// <summary>How many classes there are.</summary>
    public int Count => _classes.Count;

    /// <summary>The class of a name: of many words if it starts with a capital, else of the word itself.</summary>
    public int ClassOf(string name)
    {
        if (!_classes.TryGetValue(name, out var id))
        {
            id = _classes.Count;
            _classes.Add(name, id);
            _sizes.Add(0);
            if (!char.IsAsciiLetterUpper(name[0]))
            {
                Add(name, id);
            }
        }

        return id;
    }

    /// <summary>How many words a class was given.</summary>
    public int SizeOf(int id) => _sizes[id];

    /// <summary>Adds words to a class.</summary>
    public void Add(string name, IEnumerable<string> words, bool isOftenMisspelt)
    {
        var id = ClassOf(name);
        foreach (var word in words)
        {
            Add(word, id);
            if (isOftenMisspelt && word.Length >= MinMisspelt && char.IsAscii(word[0]))
            {
                foreach (var slip in Slips(word))
                {
                    Add(slip, id);
                }
            }
        }
    }

    /// <summary>Makes it ready to be asked. Nothing is added afterwards.</summary>
    public void Freeze()
    {
        _words = _building.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray()).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The classes of a word in lower case; none if it is not known.</summary>
    public int[] Find(ReadOnlySpan<char> word) => _words.TryGetValue(word, out var classes) ? classes : [];

    private void Add(string word, int id)
    {
        if (!_building.TryGetValue(word, out var ids))
        {
            _building.Add(word, ids = []);
        }

        _sizes[id] += ids.Add(id) ? 1 : 0;
    }

    private static IEnumerable<string> Slips(string word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            yield return word.Remove(i, 1);
            yield return word.Insert(i, word[i].ToString());
            if (i + 1 < word.Length && word[i] != word[i + 1])
            {
                yield return string.Concat(word.AsSpan(0, i), [word[i + 1], word[i]], word.AsSpan(i + 2));
            }
        }
    }
}
