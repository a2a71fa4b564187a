using System.Buffers;
using System.Text;

namespace FaultMaven.ServiceDefaults.Filtering;

/// <summary>What a part of a filter is.</summary>
internal enum FilterTokenKind
{
    End,
    Field,
    Comparator,
    Value,
    Open,
    Close,
    And,
    Or,
    Not,
}

/// <summary>A part of a filter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a quoted value, what is between the quotes.</param>
/// <param name="Position">Where it begins, from 1.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position);

/// <summary>A filter that cannot be read.</summary>
internal sealed class FilterException(int position, string message) : Exception(message)
{
    /// <summary>Where the problem begins, from 1.</summary>
    public int Position { get; } = position;
}

/// <summary>Cuts a filter into its parts. What follows a comparator is a value, where times may hold colons without quotes.</summary>
internal sealed class FilterLexer(string filter)
{
    private static readonly SearchValues<char> s_fieldCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-/");

    private static readonly SearchValues<char> s_valueEnds = SearchValues.Create(" \t\r\n()\"'");

    private static readonly string[] s_comparators = ["!=", "<=", ">=", "=", "<", ">", ":"];

    private int _next;

    public FilterToken Peek()
    {
        var before = _next;
        var token = Take();
        _next = before;
        return token;
    }

    public FilterToken Take()
    {
        var position = SkipSpace();
        if (_next == filter.Length)
        {
            return new(FilterTokenKind.End, "the end", position);
        }

        switch (filter[_next])
        {
            case '(':
                return Cut(FilterTokenKind.Open, 1);
            case ')':
                return Cut(FilterTokenKind.Close, 1);
            case '-':
                return Cut(FilterTokenKind.Not, 1);
        }

        if (s_comparators.FirstOrDefault(c => filter.AsSpan(_next).StartsWith(c, StringComparison.Ordinal)) is { } comparator)
        {
            return Cut(FilterTokenKind.Comparator, comparator.Length);
        }

        var length = filter.AsSpan(_next).IndexOfAnyExcept(s_fieldCharacters);
        var word = filter.AsSpan(_next, length < 0 ? filter.Length - _next : length);
        return word switch
        {
            "" => throw new FilterException(position, "this character was not expected; quote values that hold it"),
            "AND" => Cut(FilterTokenKind.And, word.Length),
            "OR" => Cut(FilterTokenKind.Or, word.Length),
            "NOT" => Cut(FilterTokenKind.Not, word.Length),
            _ => Cut(FilterTokenKind.Field, word.Length),
        };
    }

    public FilterToken TakeValue()
    {
        var position = SkipSpace();
        if (_next < filter.Length && filter[_next] is '"' or '\'')
        {
            return new(FilterTokenKind.Value, Quoted(filter[_next]), position);
        }

        var length = filter.AsSpan(_next).IndexOfAny(s_valueEnds);
        length = length < 0 ? filter.Length - _next : length;
        return length > 0 ? Cut(FilterTokenKind.Value, length) : throw new FilterException(position, "a value was expected");
    }

    private string Quoted(char quote)
    {
        var start = ++_next;
        var text = new StringBuilder();
        while (_next < filter.Length && filter[_next] != quote)
        {
            if (filter[_next] == '\\' && _next + 1 < filter.Length)
            {
                _next++;
            }

            text.Append(filter[_next++]);
        }

        if (_next++ == filter.Length)
        {
            throw new FilterException(start, "the closing quote is missing");
        }

        return text.ToString();
    }

    private FilterToken Cut(FilterTokenKind kind, int length)
    {
        var token = new FilterToken(kind, filter.Substring(_next, length), _next + 1);
        _next += length;
        return token;
    }

    private int SkipSpace()
    {
        while (_next < filter.Length && char.IsWhiteSpace(filter[_next]))
        {
            _next++;
        }

        return _next + 1;
    }
}
