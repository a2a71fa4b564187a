using FaultMaven.Redaction.Store;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.Tests;

/// <summary>Whatever two replicas do in turn, they do what a simple model does that has no store.</summary>
public sealed class NumberingInAnyOrder
{
    // "NumberN": values of a small choice. "Many": from a place on, more than a block holds.
    private static readonly Gen<Step> s_step = Gen.Frequency(
        (6, Gen.Choose(0, 24).ListOf().Select(values => new Step(Act.Number, Values: [.. values.Take(12)]))),
        (2, Gen.Choose(0, 4).Select(n => new Step(Act.Number, Values: [.. Enumerable.Range(100 + (n * 120), 280)]))),
        (3, Gen.Constant(new Step(Act.Find))),
        (1, Gen.Constant(new Step(Act.Close))),
        (1, Gen.Constant(new Step(Act.Forget))),
        (1, Gen.Constant(new Step(Act.Restart))),
        (1, Gen.Constant(new Step(Act.ChangeKey))),
        (3, Gen.Elements(0.01, 2, 5, 8, 29, 31).Select(days => new Step(Act.Wait, Days: days))));

    private static readonly Arbitrary<Step[]> s_steps = s_step.Zip(Gen.Choose(0, 1))
        .Select(pair => pair.Item1 with { Replica = pair.Item2 }).ListOf()
        .Select(steps => steps.Take(40).ToArray()).ToArbitrary();

    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(100);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private enum Act
    {
        Number,
        Find,
        Close,
        Forget,
        Restart,
        ChangeKey,
        Wait,
    }

    [Fact]
    public async Task Is_what_the_model_does_in_a_store_with_another_clock()
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        using var redis = new StateInRedis(server);
        var count = 0;

        Prop.ForAll(s_steps, steps =>
            RunAsync(redis.Open("redaction"), new MovableClock(), $"scope{Interlocked.Increment(ref count)}", steps)).Check(s_config);
    }

    [Fact]
    public void Is_what_the_model_does_in_a_store_with_the_same_clock() => Prop.ForAll(s_steps, async steps =>
    {
        var clock = new MovableClock();
        using var state = new EmbeddedState(clock);
        await RunAsync(state.Open("redaction"), clock, "scope", steps);
    }).Check(s_config);

    private static async Task RunAsync(StateStore store, MovableClock clock, string name, Step[] steps)
    {
        var scope = Redacted.ScopeOf(name);
        var model = new Model(clock);
        var keys = 1;
        IPseudonyms[] replicas = [In(store, clock, keys), In(store, clock, keys)];

        foreach (var step in steps.Append(new Step(Act.Find)))
        {
            switch (step.Act)
            {
                case Act.Number:
                    var values = step.Values!.Select(ValueOf).ToArray();
                    Assert.Equal(model.Number(values), await replicas[step.Replica].NumberAsync(scope, values, Cancel));
                    break;
                case Act.Find:
                    var asked = model.Last.SelectMany(type => Enumerable.Range(0, (int)type.Value + 2)
                        .Select(i => new Pseudonym(type.Key, i))).ToArray();
                    Assert.Equal(asked.Select(model.Find), await replicas[step.Replica].FindAsync(scope, asked, Cancel));
                    break;
                case Act.Close:
                    model.Close();
                    await replicas[step.Replica].CloseAsync(scope, Cancel);
                    break;
                case Act.Forget:
                    Assert.Equal(model.Forget(), await replicas[step.Replica].ForgetAsync(scope, Cancel));
                    break;
                case Act.Restart:
                    replicas[step.Replica] = In(store, clock, keys);
                    break;
                case Act.ChangeKey:
                    keys++;
                    replicas = [In(store, clock, keys), In(store, clock, keys)];
                    break;
                default:
                    clock.Advance(TimeSpan.FromDays(step.Days));
                    break;
            }

            Assert.Equal(model.Last.Values, await replicas[step.Replica].LastNumbersAsync(scope, [.. model.Last.Keys], Cancel));
        }
    }

    private static SensitiveValue ValueOf(int n) => (n % 4) switch
    {
        0 => new SensitiveValue("EMAIL_ADDRESS", $"user{n}@example.com"),
        1 => new SensitiveValue("SECRET", $"made-up-{n}-{new string('x', n * 40)}"),
        2 => new SensitiveValue("SECRET", $"sha256:{n}", IsWhole: false),
        _ => new SensitiveValue("EMAIL_ADDRESS", $"ü{n}@example.com"),
    };

    private static StoredPseudonyms In(StateStore store, TimeProvider time, int keys)
    {
        var key = Redacted.KeyIn(null);
        var options = new RedactionOptions();
        for (var id = keys; id > 0; id--)
        {
            options.Keys.Add(new RedactionKeyOptions { Id = $"{id}", Key =
                Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"made-up key for tests only, {id:00000}!!")) });
        }

        var redaction = Options.Create(options);
        return new(store, key, new KeyRing(redaction, key), new ScopeIndexes(redaction),
            MadeOptions.ForAll(new VaultOptions()), time, NullLogger<StoredPseudonyms>.Instance);
    }

    private sealed record Step(Act Act, int[]? Values = null, double Days = 0, int Replica = 0);

    private sealed class Model(TimeProvider time)
    {
        private readonly Dictionary<SensitiveValue, long> _numbers = [];
        private readonly Dictionary<Pseudonym, string> _kept = [];
        private DateTimeOffset _until = DateTimeOffset.UnixEpoch;
        private bool _isClosed;

        public Dictionary<string, long> Last { get; } = [];

        public NumberedValue[] Number(SensitiveValue[] values)
        {
            var now = time.GetUtcNow();
            if (values.Length > 0 && _until <= now)
            {
                _kept.Clear();
            }

            var retention = TimeSpan.FromDays(_isClosed ? 7 : 30);
            if (values.Length > 0 && (_until - now <= retention * 0.9 || _until - now > retention * 1.1))
            {
                _until = now + retention;
            }

            var known = _numbers.Keys.ToHashSet();
            var numbers = new NumberedValue[values.Length];
            for (var i = 0; i < numbers.Length; i++)
            {
                var (type, identity, isWhole) = values[i];
                if (!_numbers.TryGetValue(values[i], out var number))
                {
                    number = Last[type] = Last.GetValueOrDefault(type) + 1;
                    _numbers.Add(values[i], number);
                }

                numbers[i] = new NumberedValue(number, IsNew: !known.Contains(values[i]));
                if (isWhole)
                {
                    _kept[new Pseudonym(type, number)] = identity;
                }
            }

            return numbers;
        }

        public string? Find(Pseudonym pseudonym) => time.GetUtcNow() < _until ? _kept.GetValueOrDefault(pseudonym) : null;

        public void Close()
        {
            var until = time.GetUtcNow() + TimeSpan.FromDays(7);
            _until = _until < until ? _until : until;
            _isClosed = true;
        }

        public long Forget()
        {
            var count = time.GetUtcNow() < _until ? _kept.Count : 0;
            _numbers.Clear();
            _kept.Clear();
            _until = DateTimeOffset.UnixEpoch;
            return count;
        }
    }
}
