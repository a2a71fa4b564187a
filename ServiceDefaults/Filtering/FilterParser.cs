namespace FaultMaven.ServiceDefaults.Filtering;

/// <summary>
/// Reads the grammar of google.aip.dev/160, without functions and bare words:
/// <code>
/// expression = sequence { "AND" sequence }      sequence = factor { factor }     (a missing operator means AND)
/// factor     = term { "OR" term }               term     = [ "NOT" | "-" ] ( "(" expression ")" | field comparator value )
/// </code>
/// </summary>
/// <param name="filter">The filter.</param>
/// <param name="fields">Gives the comparisons of a field.</param>
/// <param name="values">Gives the values that a field has where a comparison holds; null if they are not known.</param>
internal sealed class FilterParser<T>(
    string filter,
    Func<FilterToken, Comparison<T>> fields,
    Func<FilterToken, string, FilterToken, IReadOnlySet<string>?> values)
{
    // Deep enough for people; a text of 2,000 parentheses would not overflow the stack either way.
    private const int MaxDepth = 20;

    private readonly FilterLexer _lexer = new(filter);
    private int _depth;

    private static readonly IReadOnlyDictionary<string, IReadOnlySet<string>> s_nothing =
        new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);

    public Filter<T> Parse()
    {
        if (_lexer.Peek().Kind == FilterTokenKind.End)
        {
            return new Filter<T>(static _ => true, s_nothing);
        }

        var matches = Expression();
        var rest = _lexer.Peek();
        return rest.Kind == FilterTokenKind.End
            ? new Filter<T>(matches.Matches, matches.Required)
            : throw new FilterException(rest.Position, $"{rest.Text} was not expected");
    }

    private Part Expression()
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

            left = And(left, Factor());
        }
    }

    private Part Factor()
    {
        var left = Term();
        while (_lexer.Peek().Kind == FilterTokenKind.Or)
        {
            _lexer.Take();
            left = Or(left, Term());
        }

        return left;
    }

    private Part Term()
    {
        if (_lexer.Peek().Kind == FilterTokenKind.Not)
        {
            _lexer.Take();
            var negated = Simple().Matches;
            return new Part(item => !negated(item), s_nothing);
        }

        return Simple();
    }

    private Part Simple()
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
        if (comparison.Kind != FilterTokenKind.Comparator)
        {
            throw new FilterException(comparison.Position, $"a comparison such as = was expected after {first.Text}");
        }

        var value = _lexer.TakeValue();
        var matches = fields(first)(first, comparison.Text, value);
        return new Part(
            matches,
            values(first, comparison.Text, value) is { } known
                ? new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal) { [first.Text] = known }
                : s_nothing);
    }

    // Where both require something of a field, either is right: a list may hold both values. The shorter one leads to less.
    private static Part And(Part one, Part other)
    {
        var required = one.Required.ToDictionary(StringComparer.Ordinal);
        foreach (var (field, others) in other.Required)
        {
            required[field] = required.TryGetValue(field, out var own) && own.Count <= others.Count ? own : others;
        }

        return new Part(item => one.Matches(item) && other.Matches(item), required);
    }

    private static Part Or(Part one, Part other) => new(
        item => one.Matches(item) || other.Matches(item),
        one.Required.Where(pair => other.Required.ContainsKey(pair.Key)).ToDictionary(
            pair => pair.Key,
            IReadOnlySet<string> (pair) => pair.Value.Union(other.Required[pair.Key]).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal));

    private sealed record Part(Func<T, bool> Matches, IReadOnlyDictionary<string, IReadOnlySet<string>> Required);
}
