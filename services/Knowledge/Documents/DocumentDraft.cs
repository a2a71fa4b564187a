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

    /// <summary>The etag of the document that it may replace; empty for any.</summary>
    public string Etag { get; init; } = "";

    /// <summary>Accepts a document, or names the field of <c>DocumentSource</c> that is wrong and what is wanted of it.</summary>
    public static bool TryCreate(
        string path, ReadOnlySpan<byte> content, [NotNullWhen(true)] out DocumentDraft? draft,
            [NotNullWhen(false)] out (string Field, string Problem)? problem)
    {
        draft = null;
        problem = ProblemWithPath(path) is { } problemWithPath ? ("path", problemWithPath) : null;
        var extension = System.IO.Path.GetExtension(path).ToLowerInvariant();
        if (problem is null && extension is not (".md" or ".markdown" or ".txt" or ".text"))
        {
            problem = ("path", "must name Markdown (.md, .markdown) or plain text (.txt, .text)");
        }

        if (problem is not null)
        {
            return false;
        }

        var text = Decode(content);
        problem = text switch
        {
            null => ("content", "must be UTF-8"),
            _ when text.Contains('\0') => ("content", "must not hold NUL characters"),
            _ when string.IsNullOrWhiteSpace(text) => ("content", "must not be empty"),
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
            return $"must have 1 to {MaxPathLength} characters";
        }

        if (path.Any(char.IsControl))
        {
            return "must not hold control characters";
        }

        var relative = path[0] != '/' && !path.Contains('\\') && !(path.Length > 1 && path[1] == ':');
        return relative && !path.Split('/').Any(segment => segment is "" or "." or "..")
            ? null
            : "must be relative, with '/' between its parts and none of them empty, '.' or '..'";
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
