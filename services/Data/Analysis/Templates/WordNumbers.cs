namespace FaultMaven.Data.Analysis.Templates;

/// <summary>Numbers the words of a run, so that they are compared as integers.</summary>
internal sealed class WordNumbers
{
    /// <summary>The number of a value that varies.</summary>
    public const int Value = 0;

    /// <summary>The number of nothing where a value is expected.</summary>
    public const int Empty = 1;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _words = ["", ""];

    public string this[int number] => _words[number];

    public int Of(string word)
    {
        if (!_numbers.TryGetValue(word, out var number))
        {
            number = _words.Count;
            _words.Add(word);
            _numbers.Add(word, number);
        }

        return number;
    }
}
