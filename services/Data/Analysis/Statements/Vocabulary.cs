namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Reads the vocabularies that are built into the assembly.</summary>
internal static class Vocabulary
{
    /// <summary>The lines of a vocabulary, without comments and empty lines.</summary>
    public static IEnumerable<string> Lines(string name) => Lines(typeof(Vocabulary), name);

    /// <summary>The lines of a file that is built in beside a type, without comments and empty lines.</summary>
    public static IEnumerable<string> Lines(Type beside, string name)
    {
        using var stream = beside.Assembly.GetManifestResourceStream($"{beside.Namespace}.{name}")
            ?? throw new InvalidOperationException($"The vocabulary {name} is not built into the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.AsSpan().Trim() is { IsEmpty: false } text && text[0] != '#')
            {
                yield return text.ToString();
            }
        }
    }
}
