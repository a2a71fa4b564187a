using FaultMaven.Redaction.Pseudonyms;

namespace FaultMaven.Redaction.Tests;

/// <summary>The other side of the seam: numbers that last as long as the test.</summary>
internal sealed class InMemoryPseudonyms : IPseudonyms
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(Scope, SensitiveValue), long> _numbers = [];
    private readonly Dictionary<(Scope, string), long> _last = [];

    public Task<IReadOnlyList<long>> NumberAsync(Scope scope, IReadOnlyList<SensitiveValue> values, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<long>>([.. values.Select(value => NumberOf(scope, value))]);
        }
    }

    private long NumberOf(Scope scope, SensitiveValue value)
    {
        if (!_numbers.TryGetValue((scope, value), out var number))
        {
            number = _last[(scope, value.Type)] = _last.GetValueOrDefault((scope, value.Type)) + 1;
            _numbers[(scope, value)] = number;
        }

        return number;
    }
}
