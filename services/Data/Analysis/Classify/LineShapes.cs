using System.Text.RegularExpressions;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Classify;

/// <summary>Counts what the lines of a text look like; at most <see cref="MaxLines"/> of them.</summary>
internal sealed partial class LineShapes
{
    private const int MaxLines = 4000;
    private const int MaxLineLength = 1024;

    public LineShapes(SourceText text)
    {
        for (var number = 1; number <= Math.Min(text.LineCount, MaxLines); number++)
        {
            var line = text.Line(number);
            line = line.Length <= MaxLineLength ? line : line[..MaxLineLength];
            if (!line.IsWhiteSpace())
            {
                Count(line);
            }
        }
    }

    /// <summary>Lines that are not blank.</summary>
    public int Total { get; private set; }

    /// <summary>Lines that begin with a time, or soon come to one.</summary>
    public int Timed { get; private set; }

    /// <summary>Lines that begin with a level, or name one near their beginning.</summary>
    public int Leveled { get; private set; }

    /// <summary>Lines of a stack trace: <c>at com.example.Cart.add(Cart.java:41)</c>, <c>File "app.py", line 3</c>.</summary>
    public int Frames { get; private set; }

    /// <summary>Lines that announce an exception or a crash.</summary>
    public int Exceptions { get; private set; }

    /// <summary>Lines that are a JSON object each.</summary>
    public int Json { get; private set; }

    /// <summary>JSON lines that have the fields of a log entry.</summary>
    public int JsonLogs { get; private set; }

    /// <summary><c>cpu_usage{host="a"} 85</c>.</summary>
    public int Samples { get; private set; }

    /// <summary><c>key = value</c>, <c>KEY=value</c>, <c>a.b.c=value</c>.</summary>
    public int Assignments { get; private set; }

    /// <summary><c>[section]</c>.</summary>
    public int Sections { get; private set; }

    /// <summary><c>key: value</c> and <c>- item</c>.</summary>
    public int YamlLines { get; private set; }

    /// <summary>Markdown headings, and lines that underline one.</summary>
    public int Headings { get; private set; }

    /// <summary>Lines that end or begin as code does.</summary>
    public int CodeLines { get; private set; }

    /// <summary>Lines of several words that end as sentences do.</summary>
    public int Sentences { get; private set; }

    /// <summary><c>main;handle;parse 42</c>.</summary>
    public int FoldedStacks { get; private set; }

    /// <summary><c>diff --git</c>, <c>--- a/x</c>, <c>+++ b/x</c>, <c>@@ -1,2 +1,2 @@</c>.</summary>
    public int DiffMarks { get; private set; }

    /// <summary><c>worker_processes 4;</c>: a name and values, without the marks of code.</summary>
    public int Directives { get; private set; }

    private void Count(ReadOnlySpan<char> line)
    {
        Total++;
        var trimmed = line.Trim();
        var isFrame = Frame().IsMatch(line);
        Frames += isFrame ? 1 : 0;
        Exceptions += Exception().IsMatch(trimmed) ? 1 : 0;
        Timed += !isFrame && !Sheet().IsMatch(trimmed)
            && (LeadingTime().IsMatch(trimmed) || NearTime().IsMatch(trimmed.Length > 60 ? trimmed[..60] : trimmed)) ? 1 : 0;
        Leveled += Level().IsMatch(trimmed.Length > 80 ? trimmed[..80] : trimmed) ? 1 : 0;
        var isJson = trimmed[0] == '{' && trimmed[^1] == '}' && trimmed.Length > 2;
        Json += isJson ? 1 : 0;
        JsonLogs += isJson && JsonLog().IsMatch(trimmed) ? 1 : 0;
        Samples += Sample().IsMatch(trimmed) ? 1 : 0;
        Assignments += trimmed[0] != '#' && Assignment().IsMatch(trimmed) ? 1 : 0;
        Sections += trimmed[0] == '[' && trimmed[^1] == ']' && trimmed.Length < 80 && !trimmed.ContainsAny('"', ',') ? 1 : 0;
        YamlLines += YamlLine().IsMatch(trimmed) ? 1 : 0;
        Headings += trimmed[0] == '#' && Heading().IsMatch(trimmed) ? 1 : 0;
        CodeLines += trimmed[^1] is ';' or '{' || trimmed is "}" or "};" || Code().IsMatch(trimmed) ? 1 : 0;
        Sentences += trimmed[^1] is '.' or '!' or '?' && trimmed.Count(' ') >= 4 ? 1 : 0;
        FoldedStacks += Folded().IsMatch(trimmed) ? 1 : 0;
        Directives += Directive().IsMatch(trimmed) ? 1 : 0;
        DiffMarks += Diff().IsMatch(line) ? 1 : 0;
    }

    [GeneratedRegex(@"^\s+(at [\w.$<>`\[\], /|+]{1,300}\(|at [\w./<>\- ]{1,300}:\d|File ""[^""]{1,300}"", line \d)|^\s*\.{3} \d+ (more"
        + @"|common)|^goroutine \d+ \[|^\t?/?[\w./\-@]{1,200}\.(go|rs|js|ts):\d+(:\d+)?( \+0x|\)?$)|^\s+\d+: +(0x)?[\w:<>]+")]
    private static partial Regex Frame();

    [GeneratedRegex(@"^(\[?(ERROR|FATAL|CRITICAL)\]?:? )?(Traceback \(most recent call last\)|panic: |fatal error: |Exception in thread"
        + @"|Unhandled [Ee]xception|Caused by: |Segmentation fault|thread '[^']{1,80}' panicked|Uncaught |[\w.$]{0,120}(Exception|Error"
        + @"|Failure|Panic)(:|$| in | at )|Error: |ERROR!|---> )")]
    private static partial Regex Exception();

    [GeneratedRegex(@"^[\[(""<]{0,2}(\d{4}[-/.]\d{2}[-/.]\d{2}[T _]\d{2}[:.]\d{2}|\d{1,2}[/\-.](\d{1,2}|[A-Z][a-z]{2})[/\-.]\d{2,4}[ "
        + @":T]\d{1,2}:\d{2}|[A-Z][a-z]{2} +\d{1,2} (\d{4} )?\d{2}:\d{2}:\d{2}|(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [A-Z\d]|[IWEFD]\d{4} "
        + @"\d{2}:\d{2}:\d{2}|\d{2}:\d{2}:\d{2}[.,]\d|\d{6} \d{6} |\d{2}-\d{2} \d{2}:\d{2}:\d{2}|1\d{9}(\.\d+|\d{3})?[\s,|]|\d{1,3}>1? "
        + @"?\d{4}-)")]
    private static partial Regex LeadingTime();

    // "Local time: Mon 2026-03-02 10:03:41 UTC" is a field whose value is a time.
    [GeneratedRegex(@"^[A-Z][\w()/]{0,30}( [\w()/]{1,30}){1,4} ?: ")]
    private static partial Regex Sheet();

    [GeneratedRegex(@"(^|[\sT\[:@-])\d{2}[:.]\d{2}[:.]\d{2}([\s.,\]Z+]|$)")]
    private static partial Regex NearTime();

    [GeneratedRegex(@"(^|[\s\[(|<""=:])(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE|PANIC|[Ii]nfo|[Ww]arn"
        + @"|[Ww]arning|[Ee]rror|[Dd]ebug|[Nn]otice|[Cc]ritical|INF|WRN|ERR|DBG|FTL)([\s\])|>"":,]|$)")]
    private static partial Regex Level();

    [GeneratedRegex(@"""(level|lvl|severity|log_?level|msg|message|@timestamp|@m|@mt|@l|levelname|loglevel)""\s?:",
        RegexOptions.IgnoreCase)]
    private static partial Regex JsonLog();

    [GeneratedRegex(
        @"^[a-zA-Z_:]([\w:]{0,200}\w)?(\{[^{}""]{0,100}(""[^""]{0,300}""[^{}""]{0,100}){0,40}\})? [-+]?"
        + @"(\d[\d.]*([eE][-+]?\d+)?|NaN|[+-]?Inf)( \d{10,13}(\.\d{1,9})?)?"
        + @"( # \{[^{}]{0,200}\} \S{1,40}( \S{1,30})?)?$|^# (HELP|TYPE|UNIT|EOF)\b")]
    private static partial Regex Sample();

    [GeneratedRegex(@"^(export )?[\w.\-/\[\]]{1,120}\s{0,8}=\s{0,8}\S|^[\w.\-]{1,120}\s{0,8}=$")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^(- )?[\w.\-/""]{1,120}:( \S|$)|^- \S|^---$")]
    private static partial Regex YamlLine();

    [GeneratedRegex(@"^#{1,6} \S")]
    private static partial Regex Heading();

    [GeneratedRegex(
        @"^(using [\w.]+;|import [\w.{} *,'""]+|from [\w.]+ import |def \w+\(|class \w+|public |private |internal |protected |func |"
        + @"function |fn |package \w+;?$|#include |return\b|if ?\(|for ?\(|const \w+ ?=|let \w+|var \w+|async |await |"
        + @"SELECT .+ FROM |CREATE (TABLE|INDEX)|#!/)")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[^\s;][^;]{0,200}(;[^;]{1,200})+ \d+$")]
    private static partial Regex Folded();

    [GeneratedRegex(@"^(?!return|import|package|using|throw|goto|delete|let|var|const|set)[a-z][a-z_]{2,60} [^;{}()=]{1,200};$")]
    private static partial Regex Directive();

    [GeneratedRegex(@"^(diff --git |--- \S|\+\+\+ \S|@@ -\d+(,\d+)? \+\d+(,\d+)? @@)")]
    private static partial Regex Diff();
}
