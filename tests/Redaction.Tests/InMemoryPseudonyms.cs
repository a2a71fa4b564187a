using FaultMaven.Redaction.Store;

namespace FaultMaven.Redaction.Tests;

/// <summary>The other side of the seam: numbers and values that last as long as the test, unless it lets the values expire.</summary>
internal sealed class InMemoryPseudonyms : IPseudonyms
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(Scope, SensitiveValue), long> _numbers = [];
    private readonly Dictionary<(Scope, string), long> _last = [];
    private readonly Dictionary<(Scope, Pseudonym), string> _values = [];

    public Task<IReadOnlyList<NumberedValue>> NumberAsync(Scope scope, IReadOnlyList<SensitiveValue> values,
        CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<NumberedValue>>([.. values.Select(value => NumberOf(scope, value))]);
        }
    }

    public Task<IReadOnlyList<long>> LastNumbersAsync(Scope scope, IReadOnlyList<string> types, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<long>>([.. types.Select(type => _last.GetValueOrDefault((scope, type)))]);
        }
    }

    public Task<IReadOnlyList<string?>> FindAsync(Scope scope, IReadOnlyList<Pseudonym> pseudonyms, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<string?>>(
                [.. pseudonyms.Select(pseudonym => _values.GetValueOrDefault((scope, pseudonym)))]);
        }
    }

    public Task<bool> IsClosedAsync(Scope scope, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task CloseAsync(Scope scope, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReopenAsync(Scope scope, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<long> ForgetAsync(Scope scope, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var key in _numbers.Keys.Where(key => key.Item1 == scope).ToArray())
            {
                _numbers.Remove(key);
            }

            return Task.FromResult((long)_values.Keys.Where(key => key.Item1 == scope).ToArray().Count(_values.Remove));
        }
    }

    private NumberedValue NumberOf(Scope scope, SensitiveValue value)
    {
        var isNew = !_numbers.TryGetValue((scope, value), out var number);
        if (isNew)
        {
            number = _last[(scope, value.Type)] = _last.GetValueOrDefault((scope, value.Type)) + 1;
            _numbers[(scope, value)] = number;
        }

        if (value.IsWhole)
        {
            _values[(scope, new Pseudonym(value.Type, number))] = value.Identity;
        }

        return new NumberedValue(number, isNew);
    }
}
