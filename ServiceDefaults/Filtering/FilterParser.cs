namespace FaultMaven.ServiceDefaults.Filtering;

/// <summary>
/// Reads the grammar of google.aip.dev/160, without functions and bare words:
/// <code>
/// expression = sequence { "AND" sequence }      sequence = factor { factor }     (a missing operator means AND)
/// factor     = term { "OR" term }               term     = [ "NOT" | "-" ] ( "(" expression ")" | field comparator value )
/// </code>
/// </summary>
internal sealed class FilterParser<T>(string filter, Func<FilterToken, Comparison<T>> fields)
{
    // Deep enough for people; a text of 2,000 parentheses would not overflow the stack either way.
    private const int MaxDepth = 20;

    private readonly FilterLexer _lexer = new(filter);
    private int _depth;

    public Func<T, bool> Parse()
    {
        if (_lexer.Peek().Kind == FilterTokenKind.End)
        {
            return static _ => true;
        }

        var matches = Expression();
        var rest = _lexer.Peek();
        return rest.Kind == FilterTokenKind.End ? matches : throw new FilterException(rest.Position, $"{rest.Text} was not expected");
    }

    private Func<T, bool> Expression()
    {
        var left = Factor();
        while (true)
        {
            var next = _lexer.Peek();
            if (next.Kind is FilterTokenKind.End or FilterTokenKind.Close)
            {
                return left;
            }

            if (next.Kind == FilterTokenKind.And)
            {
                _lexer.Take();
            }

            var (one, other) = (left, Factor());
            left = item => one(item) && other(item);
        }
    }

    private Func<T, bool> Factor()
    {
        var left = Term();
        while (_lexer.Peek().Kind == FilterTokenKind.Or)
        {
            _lexer.Take();
            var (one, other) = (left, Term());
            left = item => one(item) || other(item);
        }

        return left;
    }

    private Func<T, bool> Term()
    {
        if (_lexer.Peek().Kind == FilterTokenKind.Not)
        {
            _lexer.Take();
            var negated = Simple();
            return item => !negated(item);
        }

        return Simple();
    }

    private Func<T, bool> Simple()
    {
        var first = _lexer.Take();
        if (first.Kind == FilterTokenKind.Open)
        {
            if (++_depth > MaxDepth)
            {
                throw new FilterException(first.Position, $"parentheses are nested more than {MaxDepth} deep");
            }

            var inner = Expression();
            var close = _lexer.Take();
            _depth--;
            return close.Kind == FilterTokenKind.Close
                ? inner
                : throw new FilterException(close.Position, "a closing parenthesis is missing");
        }

        if (first.Kind != FilterTokenKind.Field)
        {
            throw new FilterException(first.Position, "a field was expected");
        }

        var comparison = _lexer.Take();
        return comparison.Kind == FilterTokenKind.Comparator
            ? fields(first)(first, comparison.Text, _lexer.TakeValue())
            : throw new FilterException(comparison.Position, $"a comparison such as = was expected after {first.Text}");
    }
}
