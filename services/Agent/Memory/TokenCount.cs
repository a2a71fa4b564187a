namespace FaultMaven.Agents.Memory;

/// <summary>
/// How many tokens a text takes in a model's window, before any model has counted it: a third of the ASCII characters and each other
/// character. Tokenizers make fewer of prose and about as many of logs.
/// </summary>
internal static class TokenCount
{
    private const int CharactersOfToken = 3;

    public static int Of(string text)
    {
        var ascii = text.Count(char.IsAscii);
        return ((ascii + CharactersOfToken - 1) / CharactersOfToken) + text.Length - ascii;
    }
}
