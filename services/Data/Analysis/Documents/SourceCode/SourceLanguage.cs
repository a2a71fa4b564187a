using System.Text.RegularExpressions;

namespace FaultMaven.Data.Analysis.Documents.SourceCode;

/// <summary>How a language names functions and types, and how its code passes over errors.</summary>
/// <param name="Name">The language.</param>
/// <param name="Extensions">The names of its files end so.</param>
/// <param name="Function">A line that declares a function, named in the group <c>name</c>.</param>
/// <param name="Type">A line that declares a type.</param>
/// <param name="Handler">A line that begins the handling of an error.</param>
internal sealed partial record SourceLanguage(string Name, string[] Extensions, Regex Function, Regex Type, Regex Handler)
{
    private static readonly SourceLanguage[] s_all =
    [
        new("Python", [".py"], PythonFunction(), PythonType(), PythonHandler()),
        new("Go", [".go"], GoFunction(), GoType(), GoHandler()),
        new("Rust", [".rs"], RustFunction(), RustType(), RustHandler()),
        new("JavaScript", [".js", ".ts", ".jsx", ".tsx", ".mjs"], ScriptFunction(), BraceType(), Catch()),
        new("Java", [".java", ".kt", ".scala"], BraceFunction(), BraceType(), Catch()),
        new("C#", [".cs"], BraceFunction(), BraceType(), Catch()),
        new("Ruby", [".rb"], RubyFunction(), RubyType(), RubyHandler()),
        new("Shell", [".sh", ".bash"], ShellFunction(), Nothing(), ShellHandler()),
        new("SQL", [".sql"], SqlFunction(), SqlTable(), SqlHandler()),
    ];

    /// <summary>The language of a file by its name, else by which one explains the most of its lines; null if none explains any.</summary>
    public static SourceLanguage? Of(string fileName, IReadOnlyList<string> lines) =>
        Array.Find(s_all, language =>
            Array.Exists(language.Extensions, extension => fileName.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
        ?? s_all.Select(language =>
            (Language: language, Hits: lines.Count(line => language.Function.IsMatch(line) || language.Type.IsMatch(line))))
            .Where(scored => scored.Hits > 0).OrderByDescending(scored => scored.Hits).Select(scored => scored.Language).FirstOrDefault();

    [GeneratedRegex(@"^\s{0,200}(async )?def (?<name>\w{1,80})\(", RegexOptions.ExplicitCapture)]
    private static partial Regex PythonFunction();

    [GeneratedRegex(@"^\s{0,200}class (?<name>\w{1,80})", RegexOptions.ExplicitCapture)]
    private static partial Regex PythonType();

    [GeneratedRegex(@"^\s{0,200}except\b.{0,200}:")]
    private static partial Regex PythonHandler();

    [GeneratedRegex(@"^func (\([^)]{1,80}\) )?(?<name>\w{1,80})[\[(]", RegexOptions.ExplicitCapture)]
    private static partial Regex GoFunction();

    [GeneratedRegex(@"^type (?<name>\w{1,80}) (struct|interface)", RegexOptions.ExplicitCapture)]
    private static partial Regex GoType();

    [GeneratedRegex(@"\bif (\w{1,40} ?:?= ?.{1,120}; ?)?err != nil \{")]
    private static partial Regex GoHandler();

    [GeneratedRegex(@"^\s{0,200}(pub(\([^)]{1,20}\))? )?(async )?fn (?<name>\w{1,80})", RegexOptions.ExplicitCapture)]
    private static partial Regex RustFunction();

    [GeneratedRegex(@"^\s{0,200}(pub )?(struct|enum|trait) (?<name>\w{1,80})", RegexOptions.ExplicitCapture)]
    private static partial Regex RustType();

    [GeneratedRegex(@"\bErr\(\w{0,40}\) ?=>")]
    private static partial Regex RustHandler();

    [GeneratedRegex(@"^\s{0,200}(export )?(default )?((async )?function\*? ?(?<name>\w{1,80}) ?\(|(const|let|var) (?<name>\w{1,80}) ?= ?"
        + @"(async )?(\([^)]{0,200}\)|\w{1,40}) ?=>)", RegexOptions.ExplicitCapture)]
    private static partial Regex ScriptFunction();

    [GeneratedRegex(@"^\s{0,200}((public|private|protected|internal|static|async|override|virtual|final|synchronized|sealed|fun) ){1,5}"
        + @"([\w<>\[\],.?]{1,80} ){0,2}(?<name>\w{1,80})\(", RegexOptions.ExplicitCapture)]
    private static partial Regex BraceFunction();

    [GeneratedRegex(@"^\s{0,200}((public|private|protected|internal|static|sealed|abstract|final|partial|export|default|data) ){0,5}"
        + @"(class|interface|record|struct|enum) (?<name>\w{1,80})", RegexOptions.ExplicitCapture)]
    private static partial Regex BraceType();

    [GeneratedRegex(@"\bcatch\b ?(\([^)]{0,200}\))?.{0,120}\{")]
    private static partial Regex Catch();

    [GeneratedRegex(@"^\s{0,200}def (self\.)?(?<name>\w{1,80}[?!]?)", RegexOptions.ExplicitCapture)]
    private static partial Regex RubyFunction();

    [GeneratedRegex(@"^\s{0,200}(class|module) (?<name>[A-Z]\w{0,80})", RegexOptions.ExplicitCapture)]
    private static partial Regex RubyType();

    [GeneratedRegex(@"^\s{0,200}rescue\b")]
    private static partial Regex RubyHandler();

    [GeneratedRegex(@"^\s{0,200}(function )?(?<name>[\w-]{1,80})\(\) ?\{", RegexOptions.ExplicitCapture)]
    private static partial Regex ShellFunction();

    [GeneratedRegex(@"(?!)")]
    private static partial Regex Nothing();

    [GeneratedRegex(@"\|\| ?(true|:)\s{0,20}$")]
    private static partial Regex ShellHandler();

    [GeneratedRegex(@"^\s{0,200}CREATE (OR REPLACE )?(FUNCTION|PROCEDURE|TRIGGER) (?<name>[\w.]{1,80})",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex SqlFunction();

    [GeneratedRegex(@"^\s{0,200}CREATE (TABLE|VIEW|INDEX) (IF NOT EXISTS )?(?<name>[\w.]{1,80})",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex SqlTable();

    [GeneratedRegex(@"^\s{0,200}EXCEPTION\s{0,20}$", RegexOptions.IgnoreCase)]
    private static partial Regex SqlHandler();
}
