using System.Globalization;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Store;

namespace FaultMaven.Data.Query.Signals;

/// <summary>
/// Lists the signals of a case in their order. What several files show together is worked out once for each version of the case's evidence,
/// by the first call that needs it, and kept.
/// </summary>
internal sealed class CaseSignals(EvidenceListing listing, SignalViewStore views)
{
    /// <summary>The signals after a place in their order.</summary>
    /// <param name="parent">The case.</param>
    /// <param name="after">What <see cref="KeyOf"/> gave for the signal before; null for the start.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async IAsyncEnumerable<Proto.Signal> ReadAsync(
        CaseName parent, Proto.Signal? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Evidence that comes in meanwhile changes the view; it is then read again from the same place on.
        for (var isComplete = false; !isComplete;)
        {
            var view = await OpenAsync(parent, cancellationToken);
            isComplete = true;

            for (var chunk = view.ChunkOf(after); chunk < view.Head.ChunkStarts.Count; chunk++)
            {
                var signals = view.Signals?.Skip(chunk * SignalViewStore.ChunkSize).Take(SignalViewStore.ChunkSize)
                    ?? await views.ReadChunkAsync(parent, view.Head.Version, chunk, cancellationToken);

                if (signals is null)
                {
                    isComplete = false;
                    break;
                }

                foreach (var signal in signals.Where(signal => after is null || SignalOrder.Instance.Compare(signal, after) > 0))
                {
                    after = KeyOf(signal);
                    yield return signal;
                }
            }
        }
    }

    /// <summary>What a signal is sorted by, and nothing else of it.</summary>
    public static Proto.Signal KeyOf(Proto.Signal signal) => new()
    {
        Name = signal.Name,
        Severity = signal.Severity,
        StartTime = signal.StartTime,
        Surprise = signal.Surprise,
        Kind = signal.Kind,
        Subject = signal.Subject,
        Citations =
        {
            signal.Citations.Take(1)
                .Select(citation => new Proto.Citation { Evidence = citation.Evidence, StartLine = citation.StartLine }),
        },
    };

    private async Task<View> OpenAsync(CaseName parent, CancellationToken cancellationToken)
    {
        var (version, head) = await views.ReadHeadAsync(parent, cancellationToken);

        if (version == 0)
        {
            return new View(new StoredSignalView(), []);
        }

        if (head?.Version == version)
        {
            return new View(head, null);
        }

        var found = (await listing.ListSignalsAsync(parent, cancellationToken)).Order(SignalOrder.Instance).ToList();
        var signals = SignalCorrelator.Reconcile(found);
        Name(signals);
        signals = [.. signals.Order(SignalOrder.Instance)];
        var view = new View(
            new StoredSignalView
            {
                Version = version,
                ChunkStarts = { signals.Chunk(SignalViewStore.ChunkSize).Select(chunk => KeyOf(chunk[0])) },
            },
            signals);
        await views.TryWriteAsync(parent, view.Head, signals);

        return view;
    }

    /// <summary>Names signals by what they say and where, so that a signal keeps its name as long as that stays.</summary>
    private static void Name(IReadOnlyList<Proto.Signal> signals)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);

        foreach (var signal in signals.Where(signal => signal.Citations.Count > 0))
        {
            var first = signal.Citations[0];
            var text = string.Create(CultureInfo.InvariantCulture, $"{signal.Kind}\n{signal.Subject}\n{first.StartLine}");
            var id = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text)).ToString("x16", CultureInfo.InvariantCulture);
            var name = $"{first.Evidence}/signals/{id}";
            signal.Name = name;

            for (var count = 2; !names.Add(signal.Name); count++)
            {
                signal.Name = string.Create(CultureInfo.InvariantCulture, $"{name}-{count}");
            }
        }
    }

    /// <param name="Head">What it consists of.</param>
    /// <param name="Signals">All of its signals, if it was just made; null if they are to be read.</param>
    private sealed record View(StoredSignalView Head, IReadOnlyList<Proto.Signal>? Signals)
    {
        /// <summary>The first chunk that can have signals after this one.</summary>
        public int ChunkOf(Proto.Signal? after)
        {
            var chunk = 0;

            while (after is not null && chunk + 1 < Head.ChunkStarts.Count
                && SignalOrder.Instance.Compare(Head.ChunkStarts[chunk + 1], after) <= 0)
            {
                chunk++;
            }

            return chunk;
        }
    }
}
