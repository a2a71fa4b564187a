namespace FaultMaven.ServiceDefaults.Flags;

/// <summary>The values that the flags of a service have in this process. Reading one costs a look into a dictionary.</summary>
/// <param name="flags">The flags of the service.</param>
public sealed class FlagValues(IReadOnlyList<Flag> flags)
{
    private readonly Lock _lock = new();
    private volatile IReadOnlyDictionary<string, FlagSetting> _settings = new Dictionary<string, FlagSetting>();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The flags of the service.</summary>
    public IReadOnlyList<Flag> Flags => flags;

    /// <summary>The value of a flag; its default if none was set, or one that the flag does not take any more.</summary>
    public T Get<T>(Flag<T> flag) => flag.Parse(Find(flag)?.Value ?? flag.Default);

    /// <summary>Waits until a flag has a value that suits.</summary>
    public async Task WaitForAsync<T>(Flag<T> flag, Func<T, bool> suits, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (suits(Get(flag)))
            {
                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    internal FlagSetting? Find(Flag flag) =>
        _settings.TryGetValue(flag.Id, out var setting) && flag.Problem(setting.Value) is null ? setting : null;

    /// <summary>Takes what is set now.</summary>
    /// <returns>The flags that have another value than before, with both.</returns>
    internal IReadOnlyList<(Flag Flag, string From, FlagSetting? To)> Take(IReadOnlyDictionary<string, FlagSetting> settings)
    {
        lock (_lock)
        {
            var before = flags.ToDictionary(flag => flag, flag => Find(flag)?.Value ?? flag.Default);
            _settings = settings;
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return [.. flags.Where(flag => before[flag] != (Find(flag)?.Value ?? flag.Default))
                .Select(flag => (flag, before[flag], Find(flag)))];
        }
    }
}
