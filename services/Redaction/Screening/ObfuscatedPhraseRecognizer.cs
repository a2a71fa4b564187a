using System.Buffers;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Screening;

/// <summary>
/// Passages that are written so that only a machine reads them at sight: in hexadecimal digits, by ROT13, backwards, in escapes
/// (<c>\u0069\u0067…</c>, <c>&amp;#105;</c>), with letters set apart (<c>i g n o r e</c>), or in the letters of mathematics
/// (<c>𝐈𝐠𝐧𝐨𝐫𝐞</c>). Each is known by how its words look so, is written plainly, and read again.
/// </summary>
/// <param name="inner">What reads the plain text; few texts ever need it.</param>
internal sealed class ObfuscatedPhraseRecognizer(Lazy<LiteralIndex> inner) : Recognizer
{
    private const int Back = 200;
    private const int Ahead = 400;

    private static readonly string[] s_stems =
        ["ignore", "disregard", "forget", "override", "previous", "instruction", "prompt", "system", "assistant", "reveal"];

    private static readonly (string Text, LiteralForm Form, Code Code)[] s_signs =
    [
        .. s_stems.Select(stem => (Convert.ToHexStringLower([.. stem.Select(c => (byte)c)])[2..], LiteralForm.AnyCase, Code.Hexadecimal)),
        .. s_stems.Select(stem => (string.Concat(stem.Select(PlainText.Rotate)), LiteralForm.AnyCase, Code.Rotated)),
        .. s_stems.Where(stem => stem != "system").Select(stem => (string.Concat(stem.Reverse()), LiteralForm.AnyCase, Code.Backwards)),
        .. from stem in s_stems from gap in " -._*|/" select (string.Join(gap, stem.Take(5)), LiteralForm.AnyCase, Code.SetApart),
        .. new[] { @"\u006x", @"\u007x", "%6x", "%7x" }.Select(escape => (escape, LiteralForm.Shape, Code.Escaped)),
        .. new[] { @"\x6", @"\x7", "&#1", "&#9", "&#x6", "&#x7" }.Select(escape => (escape, LiteralForm.AnyCase, Code.Escaped)),
        ("\ud835", LiteralForm.Exact, Code.Mathematical),
    ];

    public override IReadOnlyList<Literal> Literals { get; } =
        [.. s_signs.Select(sign => new Literal(sign.Text, LiteralStart.Anywhere, sign.Form))];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        if (at < findings.DecodedTo)
        {
            return;
        }

        var start = LineStart(text, at);
        var end = TextPlace.LineEnd(text, at, Ahead);
        findings.DecodedTo = end;
        var plain = ArrayPool<char>.Shared.Rent(end - start);
        try
        {
            var count = PlainText.Write(s_signs[literal].Code, text[start..end], at - start, plain);
            var found = new FindingList();
            inner.Value.Match(plain.AsSpan(0, count), found);
            if (found.Count > 0)
            {
                findings.Add(nameof(PassageKind.HiddenText), at, end, 1);
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(plain, clearArray: true);
        }
    }

    private static int LineStart(ReadOnlySpan<char> text, int at)
    {
        var from = Math.Max(0, at - Back);
        return from + text[from..at].LastIndexOfAny('\r', '\n') + 1;
    }
}
