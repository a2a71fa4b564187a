using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FaultMaven.Knowledge.Documents;

/// <summary>A document that was handed in and may be stored once it is redacted.</summary>
internal sealed record DocumentDraft
{
    private const int MaxPathLength = 1024;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private DocumentDraft(string path, string text, bool isMarkdown) => (Path, Text, IsMarkdown) = (path, text, isMarkdown);

    public string Path { get; init; }

    public string Text { get; init; }

    public bool IsMarkdown { get; }

    /// <summary>Accepts a document or says in a sentence why not.</summary>
    public static bool TryCreate(
        string path, ReadOnlySpan<byte> content, [NotNullWhen(true)] out DocumentDraft? draft, [NotNullWhen(false)] out string? problem)
    {
        draft = null;
        problem = ProblemWithPath(path);
        var extension = System.IO.Path.GetExtension(path).ToLowerInvariant();
        if (problem is null && extension is not (".md" or ".markdown" or ".txt" or ".text"))
        {
            problem = "Only Markdown (.md, .markdown) and plain text (.txt, .text) can be imported.";
        }

        if (problem is not null)
        {
            return false;
        }

        var text = Decode(content);
        problem = text switch
        {
            null => "The content is not UTF-8.",
            _ when text.Contains('\0') => "The content holds NUL characters, so it is not text.",
            _ when string.IsNullOrWhiteSpace(text) => "The content is empty.",
            _ => null,
        };
        if (problem is not null)
        {
            return false;
        }

        draft = new DocumentDraft(path, text!, extension is ".md" or ".markdown");
        return true;
    }

    private static string? ProblemWithPath(string path)
    {
        if (path.Length is 0 or > MaxPathLength)
        {
            return $"The path must have 1 to {MaxPathLength} characters.";
        }

        if (path.Any(char.IsControl))
        {
            return "The path must not hold control characters.";
        }

        var relative = path[0] != '/' && !path.Contains('\\') && !(path.Length > 1 && path[1] == ':');
        return relative && !path.Split('/').Any(segment => segment is "" or "." or "..")
            ? null
            : "The path must be relative, with '/' between its parts and none of them empty, '.' or '..'.";
    }

    private static string? Decode(ReadOnlySpan<byte> content)
    {
        var mark = Encoding.UTF8.Preamble;
        try
        {
            return s_strictUtf8.GetString(content.StartsWith(mark) ? content[mark.Length..] : content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
