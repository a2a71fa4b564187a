using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FaultMaven.Redaction.Recognition;

/// <summary>A literal made ready to be compared, 16 characters at once.</summary>
internal readonly struct LiteralPattern
{
    private readonly Vector128<byte> _fold;
    private readonly Vector128<byte> _mask;
    private readonly Vector128<byte> _value;
    private readonly CharacterKinds _kinds;
    private readonly Literal _literal;

    public LiteralPattern(Literal literal)
    {
        Span<byte> fold = stackalloc byte[Vector128<byte>.Count];
        Span<byte> mask = stackalloc byte[Vector128<byte>.Count];
        Span<byte> value = stackalloc byte[Vector128<byte>.Count];
        fold.Clear();
        mask.Clear();
        value.Clear();

        _literal = literal;
        _kinds = CharacterKinds.None;
        IsDecided = literal.Text.Length <= Vector128<byte>.Count;
        for (var i = 0; i < Math.Min(literal.Text.Length, Vector128<byte>.Count); i++)
        {
            var c = literal.Text[i];

            // Zeros also follow the end of the text.
            IsDecided &= char.IsAscii(c) && c != '\0';
            if (literal.IsMark(i))
            {
                _kinds = _kinds.With(c, i);
            }
            else if (char.IsAscii(c))
            {
                fold[i] = literal.Form != LiteralForm.Exact && char.IsAsciiLetter(c) ? (byte)0x20 : (byte)0;
                mask[i] = byte.MaxValue;
                value[i] = (byte)(c | fold[i]);
            }
        }

        _fold = Vector128.Create<byte>(fold);
        _mask = Vector128.Create<byte>(mask);
        _value = Vector128.Create<byte>(value);
    }

    /// <summary>Whether <see cref="MayStand"/> says all there is to say.</summary>
    public bool IsDecided { get; }

    /// <summary>
    /// Whether the literal may start with these characters; what isn't ASCII is 128 or more, and zeros follow the end of the text.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayStand(Vector128<byte> first, CharacterKinds kinds) => ((first | _fold) & _mask) == _value && kinds.Meet(_kinds);

    /// <summary>Whether a text starts with the literal.</summary>
    public bool Stands(ReadOnlySpan<char> text) => _literal.Starts(text);
}
