namespace FaultMaven.Agents.Catalogue;

/// <summary>Texts embedded in this assembly.</summary>
internal static class EmbeddedText
{
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly does not contain the resource {name}."));

        return reader.ReadToEnd();
    }

    public static IEnumerable<string> NamesUnder(string prefix) => typeof(EmbeddedText).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
