namespace FaultMaven.Data.Analysis.Logs.Symptoms;

/// <summary>Tells the names of parts of a program from those of services.</summary>
internal static class LoggerName
{
    private static readonly string[] s_sourceFiles =
        [".go", ".py", ".rs", ".c", ".cc", ".cpp", ".cs", ".java", ".js", ".ts", ".rb", ".php", ".kt"];

    /// <summary>
    /// True for classes (<c>com.example.CartController</c>), modules (<c>shop::cart</c>) and source files (<c>reflector.go</c>).
    /// </summary>
    public static bool Is(string source)
    {
        if (source.Contains("::", StringComparison.Ordinal)
            || s_sourceFiles.Any(extension => source.EndsWith(extension, StringComparison.Ordinal)))
        {
            return true;
        }

        var last = source.LastIndexOf('.') + 1;

        return last > 0 && last < source.Length && char.IsAsciiLetterUpper(source[last])
            && source.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '$');
    }
}
