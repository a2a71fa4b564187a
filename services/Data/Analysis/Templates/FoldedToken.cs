namespace FaultMaven.Data.Analysis.Templates;

/// <summary>One token, or a run of tokens that together are one value: a list, a date, a quantity with its unit.</summary>
/// <param name="First">The first token of the run.</param>
/// <param name="Last">The last token of the run.</param>
/// <param name="Kind">What it is taken for.</param>
/// <param name="Form">What a value looks like besides its digits: its unit, the length of the list, the text of a doubtful value.</param>
internal readonly record struct FoldedToken(int First, int Last, TokenKind Kind, ulong Form)
{
    public bool IsValue => Kind is TokenKind.Variable or TokenKind.Mixed;
}
