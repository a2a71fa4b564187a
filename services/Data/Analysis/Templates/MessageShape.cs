using System.Text;

namespace FaultMaven.Data.Analysis.Templates;

/// <summary>What messages have in common that differ in values alone; templates are made of these.</summary>
internal sealed class MessageShape
{
    private MessageShape(ShapeToken[] tokens, bool isPlain)
    {
        Tokens = tokens;
        IsPlain = isPlain;
    }

    public ShapeToken[] Tokens { get; }

    /// <summary>True if its words, which all of its messages share, have nothing that was watched for.</summary>
    public bool IsPlain { get; }

    /// <summary>How many messages have this shape.</summary>
    public long Count { get; private set; }

    public static MessageShape Of(ReadOnlySpan<char> message, ReadOnlySpan<Token> tokens, ReadOnlySpan<FoldedToken> folded, bool isPlain)
    {
        var shape = new ShapeToken[folded.Length];
        for (var i = 0; i < folded.Length; i++)
        {
            var token = folded[i];
            var text = token.Kind == TokenKind.Variable
                ? Render(message, tokens[token.First..(token.Last + 1)])
                : tokens[token.First].In(message).ToString();
            shape[i] = new ShapeToken(token.Kind, text, tokens[token.First].SpaceBefore, token.Form);
        }

        return new MessageShape(shape, isPlain);
    }

    /// <summary>Counts a message of this shape, and notes where doubtful values and the forms of values vary.</summary>
    public void Note(ReadOnlySpan<FoldedToken> folded)
    {
        Count++;
        var length = Math.Min(Tokens.Length, folded.Length);
        for (var i = 0; i < length; i++)
        {
            if (Tokens[i].Form != folded[i].Form)
            {
                Tokens[i].Varies = true;
            }
        }
    }

    /// <summary>Takes in what another miner noted of the same shape.</summary>
    public void Add(MessageShape other)
    {
        Count += other.Count;
        var length = Math.Min(Tokens.Length, other.Tokens.Length);
        for (var i = 0; i < length; i++)
        {
            Tokens[i].Varies |= other.Tokens[i].Varies || Tokens[i].Form != other.Tokens[i].Form;
        }
    }

    private static string Render(ReadOnlySpan<char> message, ReadOnlySpan<Token> run)
    {
        if (run.Length == 1)
        {
            return Template.Wildcard;
        }

        var text = new StringBuilder();
        foreach (var token in run)
        {
            if (token.SpaceBefore && text.Length > 0)
            {
                text.Append(' ');
            }

            if (token.Kind is TokenKind.Punctuation || (token.Kind == TokenKind.Word && Units.Contains(token.In(message))))
            {
                text.Append(token.In(message));
            }
            else
            {
                text.Append(Template.Wildcard);
            }
        }

        return text.ToString();
    }
}

/// <summary>A token of a shape.</summary>
internal struct ShapeToken(TokenKind kind, string text, bool spaceBefore, ulong form)
{
    public TokenKind Kind { get; } = kind;

    /// <summary>As the first message had it; values are masked, but their units and the commas of a list are kept.</summary>
    public string Text { get; } = text;

    public bool SpaceBefore { get; } = spaceBefore;

    /// <summary>The form of the first message's value.</summary>
    public ulong Form { get; } = form;

    /// <summary>True once another message had another form here.</summary>
    public bool Varies { get; set; }
}
