namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Brings the many ways to say "cannot" and "not" to one, so that patterns need only one.</summary>
internal static class Phrasing
{
    private const string Cannot = "cannot";

    /// <summary>"couldn't", "was unable to", "failed to" become <c>cannot</c>; "isn't" becomes <c>is not</c>.</summary>
    public static List<Token> Simplify(List<Token> tokens)
    {
        var simple = new List<Token>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Form != TokenForm.Word)
            {
                simple.Add(token);
                continue;
            }

            var length = LengthOfCannot(tokens, i);
            if (length > 0)
            {
                simple.Add(token with { Text = Cannot, End = tokens[i + length - 1].End });
                i += length - 1;
            }
            else if (token.Text.EndsWith("n't", StringComparison.Ordinal))
            {
                simple.Add(token with { Text = token.Text[..^3] switch { "wo" => "will", "ca" => "can", var verb => verb },
                    End = token.End - 3 });
                simple.Add(token with { Text = "not", Start = token.End - 3, Joined = false });
            }
            else
            {
                simple.Add(token);
            }
        }

        return simple;
    }

    // cannot, can't, could not, unable to, not able to, failed to, failing to, failure to; 0 if the words say something else.
    private static int LengthOfCannot(List<Token> tokens, int at)
    {
        string Word(int offset) => at + offset < tokens.Count && tokens[at + offset].Form == TokenForm.Word ? tokens[at + offset].Text : "";

        return Word(0) switch
        {
            "cannot" or "can't" or "couldn't" or "cant" or "couldnt" => 1,
            "can" or "could" when Word(1) == "not" => 2,
            "unable" or "failed" or "fails" or "failing" or "failure" or "fail" or "inability" when Word(1) == "to" => 2,
            "not" when Word(1) == "able" && Word(2) == "to" => 3,
            "not" when Word(1) == "possible" && Word(2) == "to" => 3,
            "impossible" when Word(1) == "to" => 2,
            _ => 0,
        };
    }
}
