using System.Globalization;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Profiles;

/// <summary>Finds the frames in which a process spends its time: folded stacks, tables of profilers, speedscope and V8.</summary>
internal sealed class ProfileAnalyzer : IEvidenceAnalyzer
{
    /// <summary>A frame is reported from this share of its own cost.</summary>
    private const double Notable = 0.05;

    /// <summary>From this share on it is what to look at first.</summary>
    private const double Hot = 0.30;

    private const int MaxFrames = 12;

    // A thread that waits is sampled as well by profilers of wall-clock time.
    private static readonly string[] s_waits =
        ["epoll_wait", "futex", "Unsafe.park", "Object.wait", "pthread_cond_wait", "pthread_cond_timedwait", "nanosleep", "sleep",
            "select.select", "poll", "idle", "gopark", "runtime.mcall", "do_idle", "program"];

    public IReadOnlySet<Proto.EvidenceType> Types { get; } = new HashSet<Proto.EvidenceType> { Proto.EvidenceType.Profile };

    public EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken)
    {
        var text = SourceText.Read(source);
        var profile = StructuredDocument.IsJson(text.Text)
            ? JsonDocumentReader.Read(text) is { } root ? ProfileDocument.Read(root, cancellationToken) : new Profile()
            : ProfileText.Read(text, cancellationToken);
        var signals = new SignalBuilder(source, text);
        var total = profile.Total > 0 ? profile.Total : profile.Frames.Sum(frame => frame.Own);
        if (total <= 0 || !double.IsFinite(total))
        {
            return signals.ToAnalysis();
        }

        var hot = profile.Frames.Where(frame => frame.Own >= Notable * total).OrderByDescending(frame => frame.Own).Take(MaxFrames)
            .ToList();
        foreach (var frame in hot)
        {
            Report(frame, total, signals);
        }

        if (hot.Count == 0 && profile.Frames.MaxBy(frame => frame.Own) is { } most)
        {
            signals.Add(new SignalDraft("profile.no_hot_frame", "profile",
                $"No frame takes {Percent(Notable)} of the profile by itself; the most is {most.Frame} with {Percent(most.Own / total)}.",
                most.At)
            {
                Severity = Proto.Severity.Info,
                State = Proto.SignalState.Normal,
                Surprise = 0.1,
                Attributes = [("frame", most.Frame), ("share", Share(most.Own / total))],
            });
        }

        return signals.ToAnalysis();
    }

    private static void Report(Profile.Cost frame, double total, SignalBuilder signals)
    {
        var share = Math.Min(1, frame.Own / total);
        var waits = s_waits.Any(word => frame.Frame.Contains(word, StringComparison.OrdinalIgnoreCase));
        var whole = frame.Whole > frame.Own ? $", {Percent(Math.Min(1, frame.Whole / total))} with what it calls" : "";
        signals.Add(new SignalDraft(waits ? "profile.waiting"
            : "profile.hot_frame", $"frame/{frame.Frame}", $"{frame.Frame} takes {Percent(share)} of the profile by itself{whole}.",
            frame.At)
        {
            Severity = share >= Hot && !waits ? Proto.Severity.Warning : Proto.Severity.Info,
            Surprise = waits ? 0.1 : share,
            Attributes =
                [("frame", frame.Frame), ("share", Share(share)),
                ("whole_share", Share(Math.Min(1, Math.Max(frame.Whole, frame.Own) / total)))],
        });
    }

    private static string Share(double share) => share.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Percent(double share) => share.ToString("0.#%", CultureInfo.InvariantCulture);
}
