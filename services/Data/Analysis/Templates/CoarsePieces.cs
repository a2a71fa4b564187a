namespace FaultMaven.Data.Analysis.Templates;

/// <summary>
/// Takes together what varies in length as well as in words: quotations (<c>"View Lock"</c>), assigned values
/// (<c>ws=WorkSource{10113}</c>) and lists in brackets (<c>[a, b, c]</c>).
/// </summary>
internal static class CoarsePieces
{
    private const int MaxLength = 64;

    public static Piece[] Of(ReadOnlySpan<Piece> pieces, WordNumbers words)
    {
        var coarse = new List<Piece>(pieces.Length);
        for (var i = 0; i < pieces.Length; i++)
        {
            coarse.Add(pieces[i]);
            if (!pieces[i].IsPunctuation || i + 1 >= pieces.Length)
            {
                continue;
            }

            var length = pieces[i].Text switch
            {
                "\"" or "'" => Quotation(pieces, i + 1, pieces[i].Text),
                "=" => Assigned(pieces, i + 1),
                "[" or "(" or "{" => List(pieces, i + 1),
                _ => 0,
            };
            if (length > 1)
            {
                var text = Piece.Render(pieces.Slice(i + 1, length));
                coarse.Add(new Piece(text, text == Template.Wildcard ? WordNumbers.Value
                    : words.Of(text), pieces[i + 1].SpaceBefore, false));
                i += length;
            }
        }

        return [.. coarse];
    }

    // The pieces up to the closing quote; 0 if there is none.
    private static int Quotation(ReadOnlySpan<Piece> pieces, int start, string quote)
    {
        for (var i = start; i < pieces.Length && i - start < MaxLength; i++)
        {
            if (pieces[i].IsPunctuation && pieces[i].Text.StartsWith(quote, StringComparison.Ordinal))
            {
                return i - start;
            }
        }

        return 0;
    }

    // The pieces up to white space, a comma or the end of the bracket around it all; brackets inside are taken whole.
    private static int Assigned(ReadOnlySpan<Piece> pieces, int start)
    {
        if (pieces[start].SpaceBefore || pieces[start].Text is "\"" or "'")
        {
            return 0;
        }

        var depth = 0;
        var i = start;
        for (; i < pieces.Length && i - start < MaxLength; i++)
        {
            if (depth == 0 && i > start && pieces[i].SpaceBefore)
            {
                break;
            }

            if (!pieces[i].IsPunctuation)
            {
                continue;
            }

            if (depth == 0 && pieces[i].Text is "," or ";" or "|" or "\"" or "'")
            {
                break;
            }

            if (pieces[i].Text == "=")
            {
                // An object with its own fields: they distinguish messages.
                return 0;
            }

            depth += Depth(pieces[i].Text);
            if (depth < 0)
            {
                break;
            }
        }

        return i - start;
    }

    // The pieces up to the closing bracket, if there is a comma between and no assignment.
    private static int List(ReadOnlySpan<Piece> pieces, int start)
    {
        var depth = 0;
        var commas = false;
        for (var i = start; i < pieces.Length && i - start < MaxLength; i++)
        {
            if (!pieces[i].IsPunctuation)
            {
                continue;
            }

            depth += Depth(pieces[i].Text);
            if (depth < 0)
            {
                return commas ? i - start : 0;
            }

            commas |= depth == 0 && pieces[i].Text == ",";
            if (pieces[i].Text is "=" or ":")
            {
                return 0;
            }
        }

        return 0;
    }

    private static int Depth(string text) => text switch
    {
        "(" or "[" or "{" or "<" => 1,
        ")" or "]" or "}" or ">" => -1,
        _ => 0,
    };
}
