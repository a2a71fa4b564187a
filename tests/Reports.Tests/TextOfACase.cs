using System.Text.RegularExpressions;
using System.Xml.Linq;
using FaultMaven.Protos.Agent.V1;
using FsCheck;
using FsCheck.Fluent;

namespace FaultMaven.Reports.Tests;

/// <summary>Text of evidence, titles and names stays text in every form of a report, whatever it is.</summary>
public sealed partial class TextOfACase
{
    private const int Texts = 300;

    // Where HTML, SVG, CSS, Markdown and XML end a text and begin something else.
    private static readonly string[] s_parts =
    [
        "</style><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"", "'", "<", ">", "&", "&lt;", "]]>", "<!--", "-->", "`",
        "```",
        "\n", "\r\n", "\t", " ", "\0", "\u0001", "\u001b[31m", "\u202e", "\u2028", "\ud800", "\udfff", "\ufffe", "\U0001f525", "é",
        "漢字",
        "[a](javascript:alert(1))", "![a](http://example.com/a.png)", "https://example.com/", "www.example.com", "# ", "- ", "1. ", "> ",
        "|",
        "*", "_", "__", "~~", "\\", "{", "}", "@import url(//example.com);", "a", "word", "7", "=", "</svg>", "</title>",
        "<svg onload=x>",
    ];

    public static TheoryData<string> Canaries => [.. s_parts];

    private static Arbitrary<string> Any => Gen.OneOf(
            Gen.Elements(s_parts),
            Gen.Choose(0, char.MaxValue).Select(value => $"{(char)value}"))
        .ListOf().Select(parts => string.Concat(parts)).ToArbitrary();

    [Fact]
    public void Does_not_become_markup_of_a_page() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Texts),
        Prop.ForAll(Any, text =>
        {
            // A text that is empty or blank leaves out what it would fill.
            var plain = new string('x', Math.Max(1, text.Length));
            var (expected, page) = (Write(plain), Write($"x{text}"));
            return Structure(expected).SequenceEqual(Structure(page));
        }));

    [Theory]
    [MemberData(nameof(Canaries))]
    public void Is_read_on_a_page_as_it_is_in_the_case(string part)
    {
        var text = $"a{part}b";

        var page = Write(text);

        var title = page.Descendants().Single(element => element.Name.LocalName == "h1");
        Assert.Equal(PlainText.Line(text), title.Value);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "img" or "iframe" or "link" or "object");
        Assert.DoesNotContain(
            page.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Does_not_become_markup_of_Markdown() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Texts),
        Prop.ForAll(Any, text =>
        {
            var page = ReportDocument.Of(MadeReport.With(text), ReportFormat.Markdown).Text;
            return Outside(page).All(line => !Markup().IsMatch(line));
        }));

    [Fact]
    public void Comes_back_from_JSON_as_it_was()
    {
        var report = MadeReport.With("</style><script>alert(\"1\")</script> \u202e\n`");

        var read = Report.Parser.ParseJson(ReportDocument.Of(report, ReportFormat.Json).Text);

        Assert.Equal(report, read);
    }

    private static XDocument Write(string text) =>
        Page.Parse(ReportDocument.Of(MadeReport.With(text), ReportFormat.Html).Text);

    // How a text is broken into lines of a picture depends on its length, so the lines do not count.
    private static IEnumerable<string> Structure(XDocument page) =>
        Page.Shape(page).Where(element => !element.Split(' ')[0].Equals("text", StringComparison.Ordinal));

    // The lines that are not in a block of code; a fence is longer than any that a text holds.
    private static IEnumerable<string> Outside(string page)
    {
        var fence = "";
        foreach (var line in page.Split('\n'))
        {
            if (fence.Length == 0 && Fence().Match(line) is { Success: true } open)
            {
                fence = open.Groups[1].Value;
            }
            else if (fence.Length > 0)
            {
                fence = line == fence ? "" : fence;
            }
            else
            {
                yield return Code().Replace(line, "");
            }
        }
    }

    // An HTML tag, a character reference, or a link that is not one to a source.
    [GeneratedRegex(@"(?<!\\)(?:\\\\)*(?:<[a-zA-Z/!?]|&[a-zA-Z#]|\]\((?!#source-\d+\))|!\[|https?://|[wW]{3}\.|~~)")]
    private static partial Regex Markup();

    [GeneratedRegex("^(`{3,})text$")]
    private static partial Regex Fence();

    [GeneratedRegex("(?<![`\\\\])(`+)(?!`).*?(?<!`)\\1(?!`)")]
    private static partial Regex Code();
}
